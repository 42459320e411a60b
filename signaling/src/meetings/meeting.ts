import { Refusal } from '@confab/protocol';
import type { MediaState, Payload, Role, Snapshot } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { leaseTimes } from './lease-times.ts';
import { issueResume, rotateResume } from './resume-tokens.ts';
import { shownParticipant } from './seat.ts';
import type { Seat } from './seat.ts';

/** What is fixed when a meeting is made. `verifier` may come later (R2). */
export type MeetingTerms = { capacity: number; passcodeHash: string | null };

/** Why a connection ended: `silence` was noticed by the heartbeat, up to 9 s late (R9). */
export type Loss = 'closed' | 'silence';

/**
 * One meeting: its seats and their leases. Knows no sockets; a connection is a name to it. Calls `onChange` after every
 * change that the snapshot shows.
 */
export class Meeting {
  readonly id: string;
  readonly terms: MeetingTerms;
  verifier: string | null;
  /** When nobody was there any more, in milliseconds since 1970; null while seats are held. */
  emptySince: number | null;
  /** Set when the meeting is over; nobody joins it any more. */
  hasEnded = false;
  private readonly clock: Clock;
  private readonly onChange: (meeting: Meeting) => void;
  /** In order of arrival, because a seat is put in once and never moved. */
  private readonly seats = new Map<string, Seat>();
  private version = 0;
  private lastArrival = 0;

  constructor(
    id: string,
    terms: MeetingTerms,
    verifier: string | null,
    clock: Clock,
    onChange: (meeting: Meeting) => void,
  ) {
    this.id = id;
    this.terms = terms;
    this.verifier = verifier;
    this.clock = clock;
    this.onChange = onChange;
    this.emptySince = clock.now();
  }

  /** Whether somebody who has no seat yet would find none. A seat that is only reserved gives way (R9). */
  get isFull(): boolean {
    return this.shownSeats().length >= this.terms.capacity;
  }

  /** The connection that receives what is addressed to `participantId`; undefined where there is none (R22). */
  connectionOf(participantId: string): string | undefined {
    return this.seats.get(participantId)?.connection ?? undefined;
  }

  /** Whether a seat is held for `participantId`, shown or not: what is kept for it can still be read. */
  hasSeat(participantId: string): boolean {
    return this.seats.has(participantId);
  }

  /**
   * Takes the seat, or takes it back (R8, R9, R11). Answers with the seat's next resume token and the connection that sat
   * there before and must go. Throws `meeting-full`, `meeting-ended` or `resume-invalid`.
   */
  join(
    participantId: string,
    role: Role,
    connection: string,
    { resume: shown, ...arriving }: Payload<'meeting:join'>,
  ): { resume: string; replaced: string | null } {
    if (this.hasEnded) throw new Refusal('meeting-ended');
    const held = this.seats.get(participantId);
    if (held === undefined) {
      if (this.isFull) throw new Refusal('meeting-full');
      this.makeRoom();
      const { token, kept } = issueResume();
      const arrival = ++this.lastArrival;
      const seat = { id: participantId, arrival, role, connection, shown: true, lease: null };
      this.seats.set(participantId, { ...arriving, ...seat, resume: kept });
      this.emptySince = null;
      this.changed();
      return { resume: token, replaced: null };
    }
    const isOwn = held.connection === connection;
    const isSamePage = held.incarnation === arriving.incarnation && !held.resume.wasShown;
    const { token, kept } = rotateResume(held.resume, shown, isOwn || isSamePage);
    const replaced = isOwn ? null : held.connection;
    endLease(held);
    Object.assign(held, arriving, { connection, shown: true, resume: kept });
    this.changed();
    return { resume: token, replaced };
  }

  /** Gives the seat up for good; nothing happens when another connection has it. */
  leave(participantId: string, connection: string): void {
    const seat = this.seatOf(participantId, connection);
    if (seat !== undefined) this.remove(seat);
  }

  /** The connection is gone, the seat is held (R9); nothing happens when another connection has it. */
  lose(participantId: string, connection: string, loss: Loss): void {
    const seat = this.seatOf(participantId, connection);
    if (seat === undefined) return;
    seat.connection = null;
    const shown = loss === 'silence' ? leaseTimes.shownAfterSilence : leaseTimes.shown;
    seat.lease = {
      reserved: true,
      cancelShown: this.clock.after(shown, () => this.hide(seat)),
      cancelReserved: this.clock.after(leaseTimes.reserved, () => this.endReservation(seat)),
    };
    this.changed();
  }

  /** `participantId`'s media still arrives somewhere: keeps its seat shown for another while (R10). */
  vouch(participantId: string): void {
    const seat = this.seats.get(participantId);
    if (seat?.lease == null || !seat.shown) return;
    seat.lease.cancelShown();
    seat.lease.cancelShown = this.clock.after(leaseTimes.shown, () => this.hide(seat));
  }

  /** What this participant sends now. */
  update(participantId: string, media: MediaState): void {
    const seat = this.seats.get(participantId);
    if (seat === undefined) return;
    if (seat.media.microphone === media.microphone && seat.media.camera === media.camera) return;
    seat.media = media;
    this.changed();
  }

  snapshot(): Snapshot {
    return { version: this.version, participants: this.shownSeats().map(shownParticipant) };
  }

  private shownSeats(): Seat[] {
    return [...this.seats.values()].filter((seat) => seat.shown);
  }

  /** Whoever is here goes before whoever may come back. */
  private makeRoom(): void {
    if (this.seats.size < this.terms.capacity) return;
    const reserved = [...this.seats.values()].find((seat) => !seat.shown);
    if (reserved === undefined) return;
    endLease(reserved);
    this.seats.delete(reserved.id);
  }

  private seatOf(participantId: string, connection: string): Seat | undefined {
    const seat = this.seats.get(participantId);
    return seat?.connection === connection ? seat : undefined;
  }

  private hide(seat: Seat): void {
    seat.shown = false;
    if (seat.lease?.reserved === false) this.remove(seat);
    else this.changed();
  }

  // While others still receive its media the seat is shown (R10), and what is shown is not given away.
  private endReservation(seat: Seat): void {
    if (seat.lease !== null) seat.lease.reserved = false;
    if (!seat.shown) this.remove(seat);
  }

  private remove(seat: Seat): void {
    endLease(seat);
    this.seats.delete(seat.id);
    if (this.seats.size === 0) this.emptySince = this.clock.now();
    this.changed();
  }

  private changed(): void {
    this.version++;
    this.onChange(this);
  }
}

function endLease(seat: Seat): void {
  seat.lease?.cancelShown();
  seat.lease?.cancelReserved();
  seat.lease = null;
}
