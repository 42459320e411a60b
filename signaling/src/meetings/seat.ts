import type { Incarnation, MediaState, Participant, Role } from '@confab/protocol';
import type * as z from 'zod/mini';
import type { ResumeHashes } from './resume-tokens.ts';

/** What a participant says of itself when it joins. */
type Arriving = {
  incarnation: z.infer<typeof Incarnation>;
  hello: string;
  media: MediaState;
};

/**
 * A participant's place in one meeting. `connection` names the socket that sits in it, null while the seat is only
 * held; `shown` says whether the snapshot has it.
 */
export type Seat = Arriving & {
  readonly id: string;
  readonly arrival: number;
  readonly role: Role;
  resume: ResumeHashes;
  connection: string | null;
  shown: boolean;
  lease: Lease | null;
};

/** What runs out while a seat has no connection. Each call puts one end off. */
export type Lease = { cancelShown: () => void; cancelReserved: () => void; reserved: boolean };

/** The seat as the snapshot shows it. */
export function shownParticipant(seat: Seat): Participant {
  const { id, arrival, incarnation, hello, role, media } = seat;
  const presence = seat.connection === null ? 'reconnecting' : 'present';
  return { id, arrival, incarnation, hello, role, presence, media };
}
