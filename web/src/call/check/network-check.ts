import { Refusal } from '@confab/protocol';
import type { CheckServers } from '../../connection/check/ask-server.ts';
import { turnWays } from '../../connection/check/turn-way.ts';
import type { Transport } from '../../connection/transport-order.ts';
import type { Finding, NetworkSubject } from './findings.ts';
import { type TryLink, findRelays } from './relay-findings.ts';
import { findUdp } from './udp-finding.ts';

/** What the check does to find out; each of it may fail as it says. */
export type Probes = {
  /** Milliseconds to the server and back. Throws where it does not answer. */
  measureLatency: () => Promise<number>;
  /** Throws a Refusal, or anything else where there is no answer. */
  checkServers: () => Promise<CheckServers>;
  tryTransport: (transport: Transport) => Promise<boolean>;
  tryLink: TryLink;
};

/** Above this, people begin to talk over each other (ITU-T G.114), in milliseconds there and back. */
const SLOW_MS = 300;

/** Measures everything that is not a device, and tells each finding when it is made. */
export async function checkNetwork(
  probes: Probes,
  tell: (subject: NetworkSubject, finding: Finding) => void,
): Promise<void> {
  const signaling = findSignaling(probes.tryTransport);
  const found = await findServer(probes);
  tell('server', found.finding);
  const links = ['udp', ...turnWays.map((way) => `relay-${way}` as const)] as const;
  const { servers } = found;
  if (servers === null) {
    await signaling;
    for (const subject of ['signaling', ...links] as const) tell(subject, { name: 'no-server' });
    return;
  }
  const relayed = findRelays(servers, probes.tryLink);
  await Promise.all([
    signaling.then((finding) => tell('signaling', finding)),
    findUdp(servers, relayed, probes.tryLink).then((finding) => tell('udp', finding)),
    relayed.then((findings) => {
      for (const way of turnWays) tell(`relay-${way}`, findings[way]);
    }),
  ]);
}

async function findServer(
  probes: Probes,
): Promise<{ finding: Finding; servers: CheckServers | null }> {
  try {
    const servers = await probes.checkServers();
    const ms = await probes.measureLatency();
    return { finding: { name: ms > SLOW_MS ? 'server-slow' : 'server-fine', ms }, servers };
  } catch (error) {
    const code = error instanceof Refusal ? error.code : null;
    if (code === 'origin-refused') return { finding: { name: 'server-refuses' }, servers: null };
    if (code === 'too-many-requests') return { finding: { name: 'server-busy' }, servers: null };
    if (code !== null) return { finding: { name: 'server-outdated' }, servers: null };
    return { finding: { name: 'server-unreachable' }, servers: null };
  }
}

async function findSignaling(tryTransport: Probes['tryTransport']): Promise<Finding> {
  const [socket, polling] = await Promise.all([tryTransport('websocket'), tryTransport('polling')]);
  if (socket) return { name: polling ? 'signaling-fine' : 'signaling-socket-only' };
  return { name: polling ? 'signaling-polling' : 'signaling-none' };
}
