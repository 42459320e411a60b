import { Refusal } from '@confab/protocol';
import type { MeetingRecord } from './records.ts';
import { MAX_SILENCED } from './records.ts';
import { ownInvitation } from './seat.ts';
import type { Seat } from './seat.ts';
import type { Seats } from './seats.ts';
import type { Ticket } from './ticket.ts';

type Silenced = MeetingRecord['silenced'][number];

/** Who may speak in one meeting (R67), who was muted (R66), and whose screen is not to be shown (R68). */
export class Floor {
  private readonly seats: Seats;
  private readonly onChange: () => void;
  private all: Silenced[];

  /** `onChange` is called where {@link silenced} has changed. */
  constructor(seats: Seats, silenced: Silenced[], onChange: () => void) {
    this.seats = seats;
    this.all = [...silenced];
    this.onChange = onChange;
  }

  /** To whom speaking is forbidden, with what a newcomer is known by again. */
  get silenced(): Silenced[] {
    return this.all;
  }

  /** Whether a newcomer may speak. Whoever cannot be told from somebody who may not, and is not there, takes their place. */
  speechFor(ticket: Ticket): 'forbidden' | undefined {
    const known = this.all.find(
      (one) => one.id === ticket.participantId || (!this.isThere(one) && resembles(one, ticket)),
    );
    if (known === undefined || ticket.role === 'host') return undefined;
    this.replace(known, { ...known, id: ticket.participantId });
    return 'forbidden';
  }

  /**
   * Allows somebody to speak, or forbids it, which `by` wants. Throws `participant-not-found`, `forbidden` for a host, and `too-many-requests`
   * where too many may not.
   */
  set(participantId: string, allowed: boolean, by: Pick<Ticket, 'via'>): void {
    const seat = this.seatOf(participantId);
    if (seat.role === 'host') throw new Refusal('forbidden');
    const known = this.all.find(({ id }) => id === seat.id);
    const { id, network } = seat;
    if (allowed) this.replace(known, null);
    else this.replace(known, { id, network, bars: ownInvitation(seat, by) });
    const speech = allowed ? undefined : 'forbidden';
    if (seat.speech !== speech) this.seats.change(seat, { speech });
  }

  /** Whoever may not speak asks for it, or takes that back. Throws `wrong-state` for everybody else. */
  ask(participantId: string, asks: boolean): void {
    const seat = this.seatOf(participantId);
    if (seat.speech === undefined) throw new Refusal('wrong-state');
    this.seats.change(seat, { speech: asks ? 'asking' : 'forbidden' });
  }

  /** Nobody hears them until they unmute themselves (R101). Throws `participant-not-found`, also for `by`, the host who wants it. */
  mute(participantId: string, by: string): void {
    if (participantId === by) throw new Refusal('participant-not-found');
    this.silence(this.seatOf(participantId));
  }

  /** The same for everybody but `by`. */
  muteOthers(by: string): void {
    for (const seat of this.seats.shown) if (seat.id !== by) this.silence(seat);
  }

  /** Their screen is shown no more until they share anew themselves (R101). Throws `participant-not-found`. */
  stopShare(participantId: string): void {
    const seat = this.seatOf(participantId);
    if (seat.media.screen === true && !seat.isShareStopped)
      this.seats.change(seat, { isShareStopped: true });
  }

  /** A host may always speak, and nobody has to be known again where nobody is. */
  forget(participantId: string | null): void {
    const left = this.all.filter(({ id }) => participantId !== null && id !== participantId);
    if (left.length === this.all.length) return;
    this.all = left;
    this.onChange();
  }

  private silence(seat: Seat): void {
    if (!seat.isMuted) this.seats.change(seat, { isMuted: true });
  }

  private replace(known: Silenced | undefined, by: Silenced | null): void {
    const others = this.all.filter((one) => one !== known);
    if (by !== null && others.length >= MAX_SILENCED) throw new Refusal('too-many-requests');
    this.all = by === null ? others : [...others, by];
    this.onChange();
  }

  private isThere({ id }: Silenced): boolean {
    return (this.seats.find(id)?.connection ?? null) !== null;
  }

  private seatOf(participantId: string): Seat {
    const seat = this.seats.find(participantId);
    if (seat === undefined) throw new Refusal('participant-not-found');
    return seat;
  }
}

/** By the same invitation, or, with the bare link, from the same network: as after a removal (R62). */
function resembles({ bars, network }: Silenced, ticket: Ticket): boolean {
  if (ticket.via.length > 0) return ticket.via.some((name) => bars.includes(name));
  return network !== null && bars.length === 0 && ticket.network === network;
}
