import type { RemovalRecord } from './records.ts';
import { ownInvitation } from './seat.ts';
import type { Seat } from './seat.ts';
import type { Ticket } from './ticket.ts';

/**
 * By what somebody is known again against whom a host has decided: their name and whose word they came by, and the network. `isBare` says that they came
 * with the bare link, and is absent where that was not kept; `at` is when it was decided, in milliseconds since 1970 (R62, R67).
 */
export type Likeness = Pick<RemovalRecord, 'id' | 'network' | 'bars' | 'isBare' | 'at'>;

/** That of whoever has `seat`; `by` is the host who decides. */
export function likenessOf(seat: Seat, by: Pick<Seat, 'via' | 'isHeir'>, at: number): Likeness {
  const { id, network, via } = seat;
  return { id, network, bars: ownInvitation(seat, by), isBare: via.length === 0, at };
}

/** Whether a newcomer is this very person, or comes by their word or their invitation; `behind` is by whose word it counts. */
export function isSame({ id, bars }: Likeness, behind: string[]): boolean {
  return behind.some((name) => name === id || bars.includes(name));
}

/**
 * Whether a newcomer cannot be told from them, from the same network: with the bare link, or where they came with that, and may have had the newcomer's
 * invitation, made at `invitedAt` (seconds since 1970), all the time.
 */
export function resembles(
  { network: known, bars, isBare = bars.length === 0, at }: Likeness,
  { via, network }: Pick<Ticket, 'via' | 'network'>,
  invitedAt = Infinity,
): boolean {
  if (network === null || network !== known) return false;
  return via.length === 0 || (isBare && invitedAt * 1000 < at);
}
