import { Refusal } from '@confab/protocol';
import type { Payload, Role, Snapshot } from '@confab/protocol';
import { allowances } from '../budget.ts';
import { ParticipantBudgets } from '../participant-budgets.ts';
import { Denials } from './denials.ts';
import { Floor } from './floor.ts';
import type { Loss } from './lease-times.ts';
import { MeetingDoor } from './meeting-door.ts';
import type { DoorRules } from './meeting-door.ts';
import type { MeetingEvent, WithoutMeeting } from './meeting-event.ts';
import { dividedRecord } from './meeting-record.ts';
import type { MeetingParts, MeetingTerms } from './meeting-parts.ts';
import { StoreFault } from './meeting-store.ts';
import { keyOf } from './records.ts';
import type { MeetingRecord, SeatRecord } from './records.ts';
import { Occupancy } from './occupancy.ts';
import { Opening } from './opening.ts';
import { People } from './people.ts';
import { issueResume, rotateResume } from './resume-tokens.ts';
import { needsNoResume, shownParticipant } from './seat.ts';
import type { NewSeat, Seat } from './seat.ts';
import { Roles } from './roles.ts';
import { Rules } from './rules.ts';
import { Seats } from './seats.ts';
import type { Ticket } from './ticket.ts';

type Joined = { resume: string; replaced: string | null; snapshot: Snapshot; undo: () => void };

/**
 * One meeting: who may sit where. Knows no sockets; a connection is a name to it. What changes is in force at once; whoever
 * tells of it waits for `kept` before (R41).
 */
export class Meeting {
  readonly id: string;
  readonly terms: MeetingTerms;
  private readonly parts: MeetingParts;
  readonly people: People;
  readonly roles: Roles;
  readonly floor: Floor;
  readonly door: MeetingDoor;
  readonly opening: Opening;
  readonly occupancy: Occupancy;
  private readonly seats: Seats;
  private readonly denials: Denials;
  private readonly reloads = new ParticipantBudgets(allowances.reloads);
  private boundTo: string | null;
  readonly rules: Rules;
  private version: number;
  private hasEnded = false;
  private isElsewhere = false;

  constructor(id: string, record: MeetingRecord, parts: MeetingParts) {
    const kept = dividedRecord(record);
    this.id = id;
    this.terms = kept.terms;
    this.boundTo = kept.verifier;
    this.parts = parts;
    this.version = parts.versionsFrom ?? 0;
    const tell = (event: WithoutMeeting<MeetingEvent>) =>
      parts.onEvent({ meetingId: id, ...event });
    this.occupancy = new Occupancy(kept.occupancy, parts.clock, tell);
    this.seats = new Seats(id, kept.lastArrival, {
      ...parts,
      onChange: () => this.changed(),
      onGone: (seat) => this.gone(seat),
      onEmpty: (wasLeft) => this.emptied(wasLeft),
    });
    this.roles = new Roles(this.seats, kept.hosting, () => this.keep('keep'));
    this.people = new People(this.seats);
    this.rules = new Rules(kept.rules, () => {
      this.keep('keep');
      this.changed();
    });
    const floorParts = { clock: parts.clock, seats: this.seats, roles: this.roles };
    this.floor = new Floor(kept.silencing, floorParts, () => this.keep('keep'));
    this.opening = new Opening(kept.schedule, parts.clock, () => this.keep('keep'));
    this.denials = new Denials(kept.denied, parts.clock, () => this.keep('keep'));
    const { seats, roles, denials } = this;
    const doorParts = { ...parts, seats, roles, denials };
    this.door = new MeetingDoor(id, { ...doorParts, onChange: () => parts.onDoor(this) });
  }

  /** What a proof of the link is checked by; null until the first host is admitted (R2). */
  get verifier(): string | null {
    return this.boundTo;
  }

  /** Whether somebody who has no seat yet would find none. A seat that is only reserved gives way (R9). */
  isFullFor(role: Role): boolean {
    return this.seats.held(role).length >= this.seats.roomFor(role, this.terms.capacity);
  }

  /** Whether newcomers who are no hosts get no further at present than to prove the link (R48, R108). */
  get isClosed(): boolean {
    return this.rules.policy.locked || !this.opening.isOpen(this.occupancy.busySince);
  }

  /** Whether somebody in it records it (R94). */
  get isRecorded(): boolean {
    return this.seats.shown.some(({ media }) => media.recording !== undefined);
  }

  /** Whether another node has taken it over, or may: nothing that happens here counts any more. */
  get isLetGo(): boolean {
    return this.isElsewhere;
  }

  /** Resolves when what was changed so far outlives the process. Rejects with a StoreFault. */
  async kept(): Promise<void> {
    await this.parts.store.settled();
    if (this.isElsewhere) throw new StoreFault('another node has the meeting');
  }

  /** Makes the meeting that of one link; null takes it back. */
  bind(verifier: string | null): void {
    this.boundTo = verifier;
    this.keep('keep');
  }

  /** Begins to keep the meeting. */
  begin(): void {
    this.keep('keep');
  }

  /** Nobody is there or joins any more, and nothing is kept. */
  end(): void {
    this.hasEnded = true;
    if (this.seats.size > 0) this.seats.clear();
    this.keep('keep');
    this.door.end();
  }

  /** Another node runs it from here on: this one forgets it, and leaves what is kept alone. */
  letGo(): void {
    this.isElsewhere = true;
    this.seats.letGo();
    this.door.waiting.letGo();
  }

  /** Keeps all there is once more; answers with the keys. */
  keepAll(): string[] {
    this.keep('keep');
    return [keyOf.meeting(this.id), ...this.door.keepAll(), ...this.seats.keepAll()];
  }

  /** Takes up a seat as it was kept by a server that is no more (R9), shown for so many milliseconds. */
  restore(seat: SeatRecord, shownFor: number): void {
    this.seats.restore(seat, shownFor);
    this.occupancy.restored();
  }

  /** The connection that receives what is addressed to `participantId`; undefined where there is none (R22). */
  connectionOf(participantId: string): string | undefined {
    return this.seats.find(participantId)?.connection ?? undefined;
  }

  /** Who is connected, and by which connection. */
  get connections(): [participantId: string, connection: string][] {
    return this.seats.occupied.map(({ id, connection }) => [id, connection]);
  }

  /** Whether a seat is held for `participantId`, shown or not: what is kept for it can still be read. */
  hasSeat(participantId: string): boolean {
    return this.seats.find(participantId) !== undefined;
  }

  /**
   * Takes the seat, or takes it back (R8, R9, R11). Answers with the seat's next resume token, the connection that sat there
   * before and must go, the meeting as it is then, and the way back, should that not be kept. Throws `meeting-full`, `meeting-locked`, `meeting-ended`, `removed`, `resume-invalid`, `too-many-requests`, and
   * `internal` while nothing can be kept.
   */
  join(
    ticket: Ticket,
    connection: string,
    { resume: shown, ...arriving }: Payload<'meeting:join'>,
  ): Joined {
    if (this.hasEnded) throw new Refusal('meeting-ended');
    if (this.isElsewhere || this.parts.store.isFailing) throw new Refusal('internal');
    const { participantId: id, via, network } = ticket;
    const role = this.roles.roleFor(ticket);
    const held = this.seats.find(id);
    if (held === undefined) this.door.check(ticket);
    const { token, kept } =
      held === undefined
        ? issueResume()
        : rotateResume(held.resume, shown, needsNoResume(held, connection, arriving.incarnation));
    const taken = { ...arriving, connection, resume: kept };
    if (held !== undefined && held.incarnation !== arriving.incarnation) this.countReload(id);
    const before = held?.connection ?? null;
    const isHeir = role === 'host' ? this.door.invitations.isHeirs(ticket) : undefined;
    const newcomer = { id, role, isHeir, cameAs: ticket.role, via, network, ...taken };
    this.seats.occupy(held ?? this.newSeat({ ...ticket, role }, newcomer), taken);
    return {
      resume: token,
      replaced: before === connection ? null : before,
      snapshot: this.snapshot(),
      undo: () => {
        if (held === undefined) this.leave(id, connection);
        else if (before !== connection) this.lose(id, connection, 'closed');
      },
    };
  }

  /** Asks to be let in (R71). Throws as {@link MeetingDoor.knock}, and `meeting-ended`. */
  knock(ticket: Ticket, connection: string, arriving: Payload<'door:knock'>) {
    if (this.hasEnded) throw new Refusal('meeting-ended');
    if (this.isElsewhere || this.parts.store.isFailing) throw new Refusal('internal');
    return this.door.knock(ticket, connection, arriving, this.doorRules);
  }

  /** Gives the seat up for good; nothing happens when another connection has it. */
  leave(participantId: string, connection: string): void {
    const seat = this.seatOf(participantId, connection);
    if (seat !== undefined) this.seats.remove(seat);
    else this.door.waiting.leave(participantId, connection);
  }

  /** The connection is gone, the seat is held (R9); nothing happens when another connection has it. */
  lose(participantId: string, connection: string, loss: Loss): void {
    const seat = this.seatOf(participantId, connection);
    if (seat !== undefined) this.seats.vacate(seat, loss);
    else this.door.waiting.lose(participantId, connection, loss);
  }

  snapshot(): Snapshot {
    const participants = this.seats.shown.map(shownParticipant);
    const { offered } = this.roles;
    const { version } = this;
    const { policy } = this.rules;
    return { version, participants, policy, ...(offered && { offered }) };
  }

  /** Whoever was let into the room only now has missed what changed since this snapshot: everybody is told again. */
  tellSince({ version }: Snapshot): void {
    if (version !== this.version) this.parts.onChange(this);
  }

  // Everybody makes their link to this participant anew.
  private countReload(participantId: string): void {
    if (!this.reloads.take(participantId, this.parts.clock.elapsed()))
      throw new Refusal('too-many-requests');
  }

  private newSeat(ticket: Ticket, newcomer: NewSeat): Seat {
    this.door.enter(ticket, this.doorRules);
    if (this.isFullFor(ticket.role)) throw new Refusal('meeting-full');
    const room = this.seats.roomFor(newcomer.role, this.terms.capacity);
    if (this.seats.size >= room) this.seats.makeRoom();
    this.occupancy.joined(newcomer.id);
    if (newcomer.role === 'host') this.roles.hostSat();
    const speech = this.floor.speechFor(ticket, this.door.invitations.madeAt(ticket));
    this.door.waiting.sat(newcomer.id);
    this.door.invitations.used(ticket);
    this.keep('keep');
    return this.seats.add({ ...newcomer, ...(speech && { speech }) });
  }

  private get doorRules(): DoorRules {
    const checkOpen = () => this.opening.check(this.occupancy.busySince);
    return { ...this.rules.record, checkOpen };
  }

  private seatOf(participantId: string, connection: string): Seat | undefined {
    const seat = this.seats.find(participantId);
    return seat?.connection === connection ? seat : undefined;
  }

  private gone(seat: Seat): void {
    this.roles.gone(seat);
    this.occupancy.left(seat.id);
  }

  private emptied(wasLeft: boolean): void {
    this.occupancy.emptied(wasLeft);
    this.floor.forget(null);
    this.keep('keepLazily');
  }

  private changed(): void {
    this.version++;
    this.parts.onChange(this);
  }

  private keep(how: 'keep' | 'keepLazily'): void {
    this.parts.store[how](keyOf.meeting(this.id), () =>
      this.hasEnded ? undefined : this.record(),
    );
  }

  private record(): MeetingRecord {
    const { terms, boundTo: verifier } = this;
    const { lastArrival } = this.seats;
    const { record: denied } = this.denials;
    const { schedule, keptUntil } = this.opening;
    const planned = { ...this.floor.record, denied, schedule, keptUntil };
    const decided = { ...this.roles.record, ...this.rules.record, ...planned };
    return { v: 1, ...terms, ...decided, ...this.occupancy.record, verifier, lastArrival };
  }
}
