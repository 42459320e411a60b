import { Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { isSame, likenessOf, resembles } from './likeness.ts';
import type { MeetingRecord } from './records.ts';
import { MAX_SILENCED } from './records.ts';
import type { Roles } from './roles.ts';
import type { Seat } from './seat.ts';
import type { Seats } from './seats.ts';
import type { Ticket } from './ticket.ts';

/** What is kept of it: to whom speaking is forbidden, and who may although they cannot be told from those. */
export type FloorRecord = Pick<MeetingRecord, 'silenced' | 'heard'>;

export type FloorParts = {
  clock: Clock;
  seats: Seats;
  roles: Pick<Roles, 'independents' | 'isHeir'>;
};

/** Who may speak in one meeting (R67), who was muted (R66), and whose screen is not to be shown (R68). */
export class Floor {
  private readonly parts: FloorParts;
  private readonly seats: Seats;
  private readonly onChange: () => void;
  private kept: FloorRecord;

  /** `onChange` is called where {@link record} has changed. */
  constructor(record: FloorRecord, parts: FloorParts, onChange: () => void) {
    this.parts = parts;
    this.seats = parts.seats;
    this.kept = record;
    this.onChange = onChange;
  }

  get record(): FloorRecord {
    return this.kept;
  }

  /**
   * Whether a newcomer may speak, whose invitation was made at `invitedAt` (seconds since 1970): not who would be kept out, or have to knock, after a
   * removal of somebody who may not (R62).
   */
  speechFor(ticket: Ticket, invitedAt?: number): 'forbidden' | undefined {
    const { participantId, role, via } = ticket;
    if (role === 'host' || this.kept.heard.includes(participantId)) return undefined;
    const behind = this.parts.roles.independents.behind([...via, participantId]);
    const isKnown = this.kept.silenced.some(
      (one) => isSame(one, behind) || resembles(one, ticket, invitedAt),
    );
    return isKnown ? 'forbidden' : undefined;
  }

  /**
   * Allows somebody to speak, or forbids it, which `by` wants. Whoever else is there goes on as they are. Of too many who may not, the earliest is
   * forgotten as soon as they go. Throws `participant-not-found`, and `forbidden` for a host.
   */
  set(participantId: string, allowed: boolean, by: Pick<Ticket, 'participantId' | 'via'>): void {
    const seat = this.seatOf(participantId);
    if (seat.role === 'host') throw new Refusal('forbidden');
    const { clock, roles } = this.parts;
    const host = { via: by.via, isHeir: roles.isHeir(by.participantId) };
    const silenced = this.kept.silenced.filter(({ id }) => id !== seat.id);
    const heard = this.kept.heard.filter((id) => id !== seat.id);
    const others = this.seats.all.filter((one) => one !== seat && one.speech === undefined);
    const fresh = others.map(({ id }) => id).filter((id) => !heard.includes(id));
    if (allowed) this.keep(silenced, [...heard, seat.id]);
    else this.keep([...silenced, likenessOf(seat, host, clock.now())], [...heard, ...fresh]);
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

  /** The same for everybody but `by`, whoever may come back included. */
  muteOthers(by: string): void {
    for (const seat of this.seats.all) if (seat.id !== by) this.silence(seat);
  }

  /** Their screen is shown no more until they share anew themselves (R101). Throws `participant-not-found`. */
  stopShare(participantId: string): void {
    const seat = this.seatOf(participantId);
    if (seat.media.screen === true && !seat.isShareStopped)
      this.seats.change(seat, { isShareStopped: true });
  }

  /** A host may always speak, and nobody has to be known again where nobody is. */
  forget(participantId: string | null): void {
    const { silenced, heard } = this.kept;
    const left = silenced.filter(({ id }) => participantId !== null && id !== participantId);
    if (left.length < silenced.length) this.keep(left, heard);
  }

  private silence(seat: Seat): void {
    if (!seat.isMuted) this.seats.change(seat, { isMuted: true });
  }

  private keep(silenced: FloorRecord['silenced'], heard: FloorRecord['heard']): void {
    this.kept = {
      silenced: silenced.slice(-MAX_SILENCED),
      heard: silenced.length === 0 ? [] : heard.slice(-MAX_SILENCED),
    };
    this.onChange();
  }

  private seatOf(participantId: string): Seat {
    const seat = this.seats.find(participantId);
    if (seat === undefined) throw new Refusal('participant-not-found');
    return seat;
  }
}
