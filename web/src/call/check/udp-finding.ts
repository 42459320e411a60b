import type { CheckServers } from '../../connection/check/ask-server.ts';
import type { LinkTrial } from '../../connection/check/try-link.ts';
import { serversOf } from '../../connection/check/turn-way.ts';
import type { Finding } from './findings.ts';
import type { RelayFindings, TryLink } from './relay-findings.ts';

/** Whether UDP gets out of this network and back, as far as there is somebody outside who answers. */
export async function findUdp(
  { servers, relays }: CheckServers,
  relayed: Promise<RelayFindings>,
  tryLink: TryLink,
): Promise<Finding> {
  const stun = serversOf(servers, null);
  const trial = await tryLink({ iceServers: stun });
  const details = trial.candidates.map(({ type, address }) => `${type} ${address}`);
  const { udp, tcp, tls } = await relayed;
  // Whatever a TURN server answers over UDP, a refusal too, has come over UDP.
  const isAnswered = !['relay-silent', 'relay-blocked', ...notTried].includes(udp.name);
  const byStun = stun.length > 0 ? answerOf(trial) : null;
  if (isAnswered || byStun === 'answered') return { name: 'udp-fine', details };
  if (trial.candidates.length === 0) return { name: 'udp-hidden' };
  if (byStun === 'unclear') return { name: 'udp-unclear', details };
  const isAvoided = tcp.name === 'relay-fine' || tls.name === 'relay-fine';
  if (byStun === 'silent' || !notTried.includes(udp.name))
    return { name: isAvoided ? 'udp-avoided' : 'udp-blocked', details };
  if (trial.roundTrip === null) return { name: 'udp-self-blocked', details };
  return { name: relays === 'withheld' ? 'relay-withheld' : 'udp-untested', details };
}

const notTried: string[] = ['relay-none', 'relay-withheld', 'relay-other-ways'];

/** A computer that is on the internet itself learns no address by STUN that it did not know: then nothing was learnt here. */
function answerOf({
  candidates,
  errors,
  isComplete,
}: LinkTrial): 'answered' | 'silent' | 'unclear' {
  if (candidates.some(({ type }) => type === 'srflx')) return 'answered';
  return isComplete && errors.length === 0 ? 'unclear' : 'silent';
}
