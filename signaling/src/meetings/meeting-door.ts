import { Refusal } from '@confab/protocol';
import type { Door } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Inviter } from './meeting-calls.ts';
import type { RemovalRecord } from './records.ts';
import { Removals } from './removals.ts';
import type { RemovalsParts } from './removals.ts';
import type { Roles } from './roles.ts';
import type { Seats } from './seats.ts';
import type { Ticket } from './ticket.ts';

export type MeetingDoorParts = RemovalsParts & { clock: Clock; seats: Seats; roles: Roles };

/** Who comes into one meeting and who does not. `onChange` hears of what hosts are shown of it (R63). */
export class MeetingDoor {
  private readonly parts: MeetingDoorParts;
  private readonly removals: Removals;

  constructor(meetingId: string, parts: MeetingDoorParts) {
    this.parts = parts;
    this.removals = new Removals(meetingId, parts);
  }

  /** What hosts are shown besides the snapshot. */
  get shown(): Door {
    return { removed: this.removals.shown };
  }

  /** Throws `removed` where this person was removed, came by the word of somebody who was, or cannot be told from one (R62). */
  check(ticket: Pick<Ticket, 'participantId' | 'via' | 'network'>): void {
    const isSeated = this.parts.seats.find(ticket.participantId) !== undefined;
    const isBarred = this.removals.bars(ticket) || this.removals.resembles(ticket);
    if (isBarred && !isSeated) throw new Refusal('removed');
  }

  /** Whether whoever held a host's token still has a host's word. */
  mayInvite({ participantId, via }: Inviter): boolean {
    const isBarred = this.removals.bars({ participantId: participantId ?? '', via });
    return !isBarred && this.parts.roles.mayInvite({ participantId, via });
  }

  /** Takes a seat away and keeps its owner out; answers with the connection that sits there (R61). Throws `participant-not-found`. */
  remove(participantId: string, by: Ticket): string | null {
    const { seats, clock } = this.parts;
    const seat = seats.find(participantId);
    if (seat === undefined || participantId === by.participantId)
      throw new Refusal('participant-not-found');
    this.removals.add(seat, by, clock.now());
    seats.remove(seat);
    return seat.connection;
  }

  /** Throws `participant-not-found` where nobody of that id was removed. */
  readmit(participantId: string): void {
    this.removals.lift(participantId);
  }

  restoreRemoval(removal: RemovalRecord): void {
    this.removals.restore(removal);
  }

  /** Keeps all there is once more; answers with the keys. */
  keepAll(): string[] {
    return this.removals.keepAll();
  }

  /** The meeting is over: nothing is kept. */
  end(): void {
    this.removals.end();
  }
}
