import { Refusal } from '@confab/protocol';
import type { DeniedPeople, Door, Payload, Policy } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Asker } from './host-calls.ts';
import { Invitations } from './invitations.ts';
import type { InvitationRecord, RemovalRecord, WaitingRecord } from './records.ts';
import { Removals } from './removals.ts';
import type { RemovalsParts } from './removals.ts';
import type { Roles } from './roles.ts';
import { isPastPasscode } from './rules.ts';
import type { Decision, RulesRecord } from './rules.ts';
import type { Seats } from './seats.ts';
import type { Ticket } from './ticket.ts';
import { WaitingRoom } from './waiting-room.ts';
import type { WaitingRoomParts } from './waiting-room.ts';

export type MeetingDoorParts = RemovalsParts &
  WaitingRoomParts & { clock: Clock; seats: Seats; roles: Roles };

/** What holds for newcomers; `checkOpen` throws `not-open` and `meeting-ended` as the schedule says (R108). */
export type DoorRules = RulesRecord & { checkOpen: () => void };

/** Who comes into one meeting and who does not. `onChange` hears of what hosts are shown of it (R63). */
export class MeetingDoor {
  private readonly parts: MeetingDoorParts;
  readonly waiting: WaitingRoom;
  readonly invitations: Invitations;
  private readonly removals: Removals;
  /** Whom the snapshot has no more because a host has removed them, until that is told. */
  private readonly untold: string[] = [];

  constructor(meetingId: string, parts: MeetingDoorParts) {
    this.parts = parts;
    this.removals = new Removals(meetingId, parts);
    this.waiting = new WaitingRoom(meetingId, parts);
    this.invitations = new Invitations(meetingId, parts);
  }

  /** Who was denied of late, latest first (R71). */
  get denied(): DeniedPeople['denied'] {
    return this.parts.denials.shown;
  }

  /** What hosts are shown besides the snapshot. */
  get shown(): Door {
    return { removed: this.removals.shown, waiting: this.waiting.shown };
  }

  /**
   * Throws `removed` where this person was removed, or came by the word of somebody who was (R62), `invitation-revoked` (R106), and `token-expired`
   * where the time of their invitation is over. Whoever has a seat keeps it, and whoever waits their place.
   */
  check(ticket: Pick<Ticket, 'participantId' | 'via' | 'listed'>): void {
    if (this.isSeated(ticket.participantId)) return;
    if (this.removals.bars(ticket)) throw new Refusal('removed');
    if (this.invitations.isRevoked(ticket)) throw new Refusal('invitation-revoked');
    if (!this.waiting.has(ticket.participantId) && this.invitations.hasExpired(ticket))
      throw new Refusal('token-expired');
  }

  /** Whether a newcomer has to be let in by a host: everybody, or who cannot be told from somebody who was removed (R62, R70). */
  isWatched(ticket: Ticket, { waitingRoom = false }: Policy): boolean {
    if (this.parts.roles.roleFor(ticket) === 'host') return false;
    return waitingRoom || this.resembles(ticket);
  }

  /** Whether whoever comes from there by the bare link needs no host to let them in, and can be told from whom a host has sent away. */
  isOpenTo(network: string, { waitingRoom = false }: Policy): boolean {
    const newcomer = { via: [], network };
    const isKnown = this.removals.resembles(newcomer) || this.parts.denials.isKnown(newcomer);
    return !waitingRoom && !isKnown;
  }

  /** A newcomer is about to take a seat. Throws `not-open`, `meeting-locked`, `passcode-required` or `knock-required` where no host has let them in. */
  enter(ticket: Ticket, rules: DoorRules): void {
    const isHost = this.parts.roles.roleFor(ticket) === 'host';
    if (isHost || this.waiting.isAdmitted(ticket.participantId)) return;
    this.checkRules(ticket, rules);
    if (this.isWatched(ticket, rules.policy)) throw new Refusal('knock-required');
  }

  /** Takes a place among those who wait; place 0 where nobody has to (R71). Throws as {@link enter} and {@link WaitingRoom.knock}. */
  knock(
    ticket: Ticket,
    connection: string,
    arriving: Payload<'door:knock'>,
    rules: DoorRules,
  ): { place: number; replaced: string | null } {
    const { participantId: id } = ticket;
    this.check(ticket);
    const waits = this.waiting.has(id);
    const needsNot = this.isSeated(id) || (!waits && !this.isWatched(ticket, rules.policy));
    if (!waits && !this.isSeated(id) && this.parts.roles.roleFor(ticket) !== 'host')
      this.checkRules(ticket, rules);
    if (needsNot) return { place: 0, replaced: null };
    return this.waiting.knock(ticket, connection, arriving, this.resembles(ticket));
  }

  /** A host lets these in, as far as there are seats in a meeting of that `capacity`. Throws as {@link WaitingRoom.admit}. */
  admit(ids: string[], capacity: number): string[] {
    const { seats } = this.parts;
    const free = seats.roomFor('participant', capacity) - seats.held('participant').length;
    return this.waiting.admit(ids, free);
  }

  /** Nobody new gets past these, whoever has a seat or a place in the queue excepted. */
  private checkRules(ticket: Ticket, rules: DoorRules): void {
    rules.checkOpen();
    if (rules.policy.locked) throw new Refusal('meeting-locked');
    if (!isPastPasscode(ticket, rules)) throw new Refusal('passcode-required');
  }

  /** Whether somebody speaks for the meeting now: with a seat, as a host; without one, by a host's token that still counts. */
  isHostsWord(asker: Asker): boolean {
    const participantId = asker.participantId ?? '';
    if (this.isSeated(participantId)) return this.parts.roles.isHost(participantId);
    if (this.removals.bars({ ...asker, participantId })) return false;
    const role = this.parts.roles.roleFor({ ...asker, participantId });
    const { invitations } = this;
    return role === 'host' && !invitations.isRevoked(asker) && !invitations.hasExpired(asker);
  }

  /** By whose word they come whom `asker` invites (R62): a host who is there gives their own, where that by which they came counts no more. */
  wordOf({ participantId, via }: Asker): string[] {
    if (participantId === null) return via;
    const { roles } = this.parts;
    const ticket = { participantId, via };
    const isVoid = this.removals.bars(ticket) || roles.isUnmade(ticket);
    return isVoid ? [participantId] : roles.independents.behind([...via, participantId]);
  }

  /** Whether an invitation by somebody makes hosts by the word of a host by succession; `true` or nothing (R65). */
  isHeirsWord({ participantId, via, listed }: Asker): true | undefined {
    // Whoever has no seat, yet or any more, has nothing but what they came by.
    return participantId !== null && this.isSeated(participantId)
      ? this.parts.roles.isHeir(participantId)
      : this.invitations.isHeirs({ via, listed });
  }

  /**
   * Takes a seat away and keeps its owner out (R61), or sends away who was let in and has not come yet, or waits (R71); answers with their connection.
   * Throws `participant-not-found`.
   */
  remove(
    participantId: string,
    by: Ticket,
  ): { connection: string | null; as: 'seated' | 'waiting' } {
    const { seats, clock } = this.parts;
    if (participantId === by.participantId) throw new Refusal('participant-not-found');
    const seat = seats.find(participantId);
    if (seat === undefined) return { connection: this.waiting.deny(participantId), as: 'waiting' };
    const host = { via: by.via, isHeir: this.parts.roles.isHeir(by.participantId) };
    this.removals.add(seat, host, clock.now());
    if (seat.shown) this.untold.push(participantId);
    seats.remove(seat);
    return { connection: seat.connection, as: 'seated' };
  }

  /** Who was removed since this was asked last, for whoever tells the meeting's people. */
  takeRemoved(): string[] {
    return this.untold.splice(0);
  }

  /** What holds has changed: lets in who has to wait no more, where `change` says so; answers with their connections (R70). */
  open(rules: RulesRecord, { waitingRoom, locked, passcodeHash }: Decision): string[] {
    const { policy } = rules;
    const isOpened = waitingRoom === false || locked === false || passcodeHash === null;
    if (!isOpened || policy.waitingRoom === true || policy.locked) return [];
    return this.waiting.open(({ passcodes, ticketAt: admittedAt }) =>
      isPastPasscode({ passcodes, admittedAt }, rules),
    );
  }

  /** Throws `participant-not-found` where nobody of that id was removed or denied. */
  readmit(participantId: string): void {
    if (this.parts.denials.lift(participantId)) this.parts.onChange();
    else this.removals.lift(participantId);
  }

  restoreWaiting(record: WaitingRecord, shownFor: number): void {
    this.waiting.restore(record, shownFor);
  }

  restoreRemoval(removal: RemovalRecord): void {
    this.removals.restore(removal);
  }

  restoreInvitation(invitation: InvitationRecord): void {
    this.invitations.restore(invitation);
  }

  /** Keeps all there is once more; answers with the keys. */
  keepAll(): string[] {
    return [this.removals, this.waiting, this.invitations].flatMap((each) => each.keepAll());
  }

  /** The meeting is over: nothing is kept. */
  end(): void {
    this.removals.end();
    this.waiting.end();
    this.invitations.end();
  }

  private resembles(ticket: Ticket): boolean {
    return this.removals.resembles(ticket, this.invitations.madeAt(ticket));
  }

  private isSeated(participantId: string): boolean {
    return this.parts.seats.find(participantId) !== undefined;
  }
}
