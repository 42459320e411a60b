import { isSameMedia } from '@confab/protocol';
import type { LinkCounts, MediaState, Participant, Role } from '@confab/protocol';
import type { Lease } from './lease.ts';
import type { SeatRecord } from './records.ts';
import type { ResumeHashes } from './resume-tokens.ts';

/**
 * A participant's place in one meeting. `connection` names the socket that sits in it, null while the seat is only
 * held; `shown` says whether the snapshot has it.
 */
export type Seat = {
  readonly id: string;
  readonly arrival: number;
  role: Role;
  /** As what their token would let them in, were it not taken back (R64); unknown for seats from before this was kept. */
  cameAs?: Role | undefined;
  /** A host has unmade them, and none has made them one since (R65). */
  isUnmade?: true | undefined;
  /** A host by succession (R65), or by the word of such a one. */
  isHeir?: true | undefined;
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
  /** R101: a host has muted them, and they have not unmuted themselves since. */
  isMuted: boolean;
  /** R101: a host has ended their share, and they have begun no other since. */
  isShareStopped: boolean;
  /** R59: not kept; whoever comes back says it again. */
  isAway: boolean;
  /** R114: as this connection has said; not kept. */
  links: LinkCounts | null;
  resume: ResumeHashes;
  connection: string | null;
  shown: boolean;
  lease: Lease | null;
};

/** A seat that has no arrival yet. */
export type NewSeat = Omit<
  Seat,
  'arrival' | 'shown' | 'lease' | 'hand' | 'isAway' | 'links' | 'isMuted' | 'isShareStopped'
>;

/** The seat as the snapshot shows it. */
export function shownParticipant(seat: Seat): Participant {
  const { id, arrival, incarnation, hello, role, hand, speech } = seat;
  const media = shownMedia(seat);
  const presence = presenceOf(seat);
  const stopped = stoppedOf(seat);
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
    ...(stopped.length > 0 && { stopped }),
    ...(!isSameMedia(media, seat.media) && { heedless: true }),
  };
}

/** What of `seat` begins anew with `media`: who says that it is on after having said that it is off has put it on themselves (R101). */
export function begunAnew(
  { media: before }: Seat,
  media: MediaState,
): Partial<Pick<Seat, 'isMuted' | 'isShareStopped'>> {
  return {
    ...(media.microphone && !before.microphone && { isMuted: false }),
    ...(media.screen === true && before.screen !== true && { isShareStopped: false }),
  };
}

/** What they say they send, without what hosts have put an end to. */
function shownMedia({ media, speech, isMuted, isShareStopped }: Seat): MediaState {
  const { microphone, screen } = media;
  return {
    ...media,
    microphone: microphone && speech === undefined && !isMuted,
    ...(screen !== undefined && { screen: screen && !isShareStopped }),
  };
}

function stoppedOf({ isMuted, isShareStopped }: Seat): NonNullable<Participant['stopped']> {
  return [
    ...(isMuted ? (['microphone'] as const) : []),
    ...(isShareStopped ? (['screen'] as const) : []),
  ];
}

/** The seat as it is kept: all but what ends with the process. */
export function seatRecord(seat: Seat): SeatRecord {
  const { connection: _c, lease: _l, isAway: _a, links: _n, ...kept } = seat;
  return { v: 1, ...kept };
}

function presenceOf({ connection, isAway }: Seat): Participant['presence'] {
  if (connection === null) return 'reconnecting';
  return isAway ? 'away' : 'present';
}

/**
 * The invitation somebody came by, as far as `by`, the host who acts, can take its word away: not where it makes hosts and they came by it too, as with
 * another device of their own (one whom they have invited with it has an invitation of their own); and not where it is that of the meeting's maker, or
 * of whoever runs the server, and they are only host in the absence of those.
 */
export function ownInvitation(
  { via, cameAs }: Pick<Seat, 'via' | 'cameAs'>,
  by: Pick<Seat, 'via' | 'isHeir'>,
): string[] {
  const [invitation] = via.slice(-1);
  if (invitation === undefined) return [];
  const makesHosts = cameAs !== 'participant';
  const isHostsOwn = invitation === by.via.at(-1);
  const isAboveTheirs = by.isHeir === true && via.length === 1;
  return makesHosts && (isHostsOwn || isAboveTheirs) ? [] : [invitation];
}

/** R8: the connection that has the seat, and the page that has it as long as no token was ever shown. */
export function needsNoResume(seat: Seat, connection: string, incarnation: string): boolean {
  return (
    seat.connection === connection || (seat.incarnation === incarnation && !seat.resume.wasShown)
  );
}
