import { Refusal } from '@confab/protocol';
import type { Role } from '@confab/protocol';
import { Independents } from './independents.ts';
import type { MeetingRecord } from './records.ts';
import { MAX_UNMADE } from './records.ts';
import { ownInvitation } from './seat.ts';
import type { Seat } from './seat.ts';
import type { Seats } from './seats.ts';
import type { Ticket } from './ticket.ts';

/** What is kept of a meeting's roles besides those of its seats. */
export type RolesRecord = Pick<MeetingRecord, 'succession' | 'unmade' | 'standing' | 'orphanedAt'>;

/** Who is a host in one meeting, and who may become one (R64, R65). */
export class Roles {
  readonly independents: Independents;
  private readonly seats: Seats;
  private readonly kept: Omit<RolesRecord, 'standing'>;
  private readonly onChange: () => void;

  /** `onChange` is called where {@link record} has changed. */
  constructor(
    seats: Seats,
    { succession, unmade, standing, orphanedAt }: RolesRecord,
    onChange: () => void,
  ) {
    this.seats = seats;
    this.independents = new Independents(seats, standing, onChange);
    this.kept = { succession, unmade: [...unmade], orphanedAt };
    this.onChange = onChange;
  }

  get record(): RolesRecord {
    return { ...this.kept, standing: this.independents.record };
  }

  /** Whether this participant has a seat, and the word of a host: nothing else gives it, whatever a token says. */
  isHost(participantId: string): boolean {
    return this.seats.find(participantId)?.role === 'host';
  }

  /** As what somebody sits down who has no seat yet: as their token says, unless a host has taken that back. */
  roleFor(ticket: Omit<Ticket, 'network'>): Role {
    return this.isUnmade(ticket) ? 'participant' : ticket.role;
  }

  /** Whether a host has taken the role from this very person, or from whoever's word they come by. */
  isUnmade({ participantId, via }: Pick<Ticket, 'participantId' | 'via'>): boolean {
    const behind = this.independents.behind([...via, participantId]);
    return behind.some((name) => this.kept.unmade.includes(name));
  }

  /**
   * Makes somebody a host, or takes that away, which `by` wants. Throws `participant-not-found`, and `forbidden` where it would leave no host.
   * Of too many from whom it was taken, the earliest are forgotten: no host can make sure of staying one by filling the list.
   */
  set(participantId: string, role: Role, by: Pick<Ticket, 'participantId' | 'via'>): void {
    const seat = this.seats.find(participantId);
    if (seat === undefined) throw new Refusal('participant-not-found');
    if (seat.role === role) return;
    if (role === 'participant' && this.seats.hosts.length === 1) throw new Refusal('forbidden');
    const host = { via: by.via, isHeir: this.isHeir(by.participantId) };
    const names = [seat.id, ...ownInvitation(seat, host)];
    const others = this.kept.unmade.filter((name) => !names.includes(name));
    // Nothing that somebody has who was only made one here would make them one again.
    const taken = role === 'host' || seat.cameAs === 'participant' ? [] : names;
    this.kept.unmade = [...others, ...taken].slice(-MAX_UNMADE);
    if (role === 'participant') this.independents.outlast([seat.id, ...taken]);
    this.onChange();
    this.seats.setRole(seat, role, role === 'host' ? host.isHeir : undefined);
  }

  /** Whether somebody is a host only because the others had left, or by the word of such a one (R65); `true` or nothing, as seats keep it. */
  isHeir(participantId: string): true | undefined {
    return this.seats.find(participantId)?.isHeir;
  }

  /**
   * To whom the role is offered at present: of those who were there when the last host left, who came first. Whom a host has only made one here and
   * unmade, by mistake perhaps, has to stand behind the others.
   */
  get offered(): string | undefined {
    const { orphanedAt, unmade } = this.kept;
    if (orphanedAt === null) return undefined;
    const heirs = this.seats.occupied.filter(
      ({ id, arrival, speech }) =>
        arrival <= orphanedAt && !unmade.includes(id) && speech === undefined,
    );
    return (heirs.find(({ isUnmade }) => isUnmade === undefined) ?? heirs[0])?.id;
  }

  /** Throws `forbidden` for everybody but whom it is offered to. */
  claim(participantId: string): void {
    const seat = this.seats.find(participantId);
    if (seat === undefined || this.offered !== participantId) throw new Refusal('forbidden');
    this.hostSat();
    this.seats.setRole(seat, 'host', true);
  }

  /** There is a host. */
  hostSat(): void {
    if (this.kept.orphanedAt === null) return;
    this.kept.orphanedAt = null;
    this.onChange();
  }

  /** This seat was given up for good. */
  gone(seat: Seat): void {
    if (seat.role !== 'host' || !this.kept.succession || this.seats.hosts.length > 0) return;
    this.kept.orphanedAt = this.seats.lastArrival;
    this.onChange();
  }
}
