import type { MediaState, Participant, Role } from '@confab/protocol';
import type { Lease } from './lease.ts';
import type { SeatRecord } from './records.ts';
import type { ResumeHashes } from './resume-tokens.ts';
import type { Ticket } from './ticket.ts';

/**
 * A participant's place in one meeting. `connection` names the socket that sits in it, null while the seat is only
 * held; `shown` says whether the snapshot has it.
 */
export type Seat = {
  readonly id: string;
  readonly arrival: number;
  role: Role;
  /** As what their token let them in; unknown for seats from before this was kept. */
  readonly cameAs?: Role | undefined;
  /** As in its owner's ticket. */
  readonly via: string[];
  readonly network: string | null;
  incarnation: string;
  hello: string;
  media: MediaState;
  /** R57: null while it is down. */
  hand: number | null;
  /** R67: absent where they may speak. */
  speech?: 'forbidden' | 'asking' | undefined;
  /** R68: a host has ended the share that they still tell of. */
  isShareStopped: boolean;
  /** R59: not kept; whoever comes back says it again. */
  isAway: boolean;
  resume: ResumeHashes;
  connection: string | null;
  shown: boolean;
  lease: Lease | null;
};

/** A seat that has no arrival yet. */
export type NewSeat = Omit<
  Seat,
  'arrival' | 'shown' | 'lease' | 'hand' | 'isAway' | 'isShareStopped'
>;

/** The seat as the snapshot shows it. */
export function shownParticipant(seat: Seat): Participant {
  const { id, arrival, incarnation, hello, role, hand, speech } = seat;
  const media = shownMedia(seat);
  const presence = presenceOf(seat);
  return {
    id,
    arrival,
    incarnation,
    hello,
    role,
    presence,
    media,
    hand,
    ...(speech && { speech }),
  };
}

/** What they say they send, without what hosts have put an end to. */
function shownMedia({ media, speech, isShareStopped }: Seat): MediaState {
  const { microphone, camera, screen } = media;
  return {
    microphone: microphone && speech === undefined,
    camera,
    ...(screen !== undefined && { screen: screen && !isShareStopped }),
  };
}

/** The seat as it is kept: all but what ends with the process. */
export function seatRecord(seat: Seat): SeatRecord {
  const { connection: _c, lease: _l, isAway: _a, ...kept } = seat;
  return { v: 1, ...kept };
}

function presenceOf({ connection, isAway }: Seat): Participant['presence'] {
  if (connection === null) return 'reconnecting';
  return isAway ? 'away' : 'present';
}

/** The invitation somebody came by, unless the host who acts came by the same one, as with another device of their own. */
export function ownInvitation({ via }: Seat, by: Pick<Ticket, 'via'>): string[] {
  const invitation = via.at(-1);
  return invitation === undefined || by.via.includes(invitation) ? [] : [invitation];
}

/** R8: the connection that has the seat, and the page that has it as long as no token was ever shown. */
export function needsNoResume(seat: Seat, connection: string, incarnation: string): boolean {
  return (
    seat.connection === connection || (seat.incarnation === incarnation && !seat.resume.wasShown)
  );
}
