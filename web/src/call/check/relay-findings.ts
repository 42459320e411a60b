import type { CheckServers } from '../../connection/check/ask-server.ts';
import type { LinkTrial } from '../../connection/check/try-link.ts';
import { type TurnWay, serversOf, turnWays } from '../../connection/check/turn-way.ts';
import type { Finding } from './findings.ts';

export type TryLink = (configuration: RTCConfiguration) => Promise<LinkTrial>;
export type RelayFindings = Record<TurnWay, Finding>;

/** What the TURN servers do over each way. */
export async function findRelays(
  { servers, relays }: CheckServers,
  tryLink: TryLink,
): Promise<RelayFindings> {
  const found = Object.fromEntries(
    await Promise.all(
      turnWays.map(async (way) => {
        const its = serversOf(servers, way);
        if (its.length > 0) return [way, await findRelay(its, tryLink)];
        const why = { none: 'relay-none', withheld: 'relay-withheld', offered: 'relay-other-ways' };
        return [way, { name: why[relays] }];
      }),
    ),
  ) as RelayFindings;
  // One that answers on another way is there: it is the network that stands between.
  const isThere = Object.values(found).some(({ name }) => name === 'relay-fine');
  if (isThere)
    for (const way of turnWays)
      if (found[way].name === 'relay-silent') found[way] = { ...found[way], name: 'relay-blocked' };
  return found;
}

const UNAUTHORISED = 401;
const QUOTA_REACHED = 486;

async function findRelay(iceServers: RTCIceServer[], tryLink: TryLink): Promise<Finding> {
  const trial = await tryLink({ iceServers, iceTransportPolicy: 'relay' });
  const { roundTrip, candidates, errors } = trial;
  const details = candidates.map(({ address }) => address);
  // The message passes the relay of either end: twice the way to the server and back.
  if (roundTrip !== null) return { name: 'relay-fine', ms: roundTrip / 2, details };
  if (candidates.length > 0) return { name: 'relay-mute', details };
  if (errors.includes(QUOTA_REACHED)) return { name: 'relay-full' };
  return { name: errors.includes(UNAUTHORISED) ? 'relay-refuses' : 'relay-silent' };
}
