import { MAX_REMOVED, Refusal } from '@confab/protocol';
import type { Removed } from '@confab/protocol';
import type { MeetingStore } from './meeting-store.ts';
import { keyOf } from './records.ts';
import type { RemovalRecord } from './records.ts';
import { isSame, likenessOf, resembles } from './likeness.ts';
import type { Roles } from './roles.ts';
import type { Seat } from './seat.ts';
import type { Ticket } from './ticket.ts';

export type RemovalsParts = {
  store: MeetingStore;
  roles: Pick<Roles, 'independents'>;
  onChange: () => void;
};

/** Whom hosts have removed from one meeting, and who else is kept out because of it (R61, R62). */
export class Removals {
  private readonly meetingId: string;
  private readonly parts: RemovalsParts;
  /** By participant id, in the order of removal. */
  private readonly all = new Map<string, RemovalRecord>();

  constructor(meetingId: string, parts: RemovalsParts) {
    this.meetingId = meetingId;
    this.parts = parts;
  }

  /** Latest first. */
  get shown(): Removed[] {
    return [...this.all.values()]
      .map(({ id, incarnation, hello }) => ({ id, incarnation, hello }))
      .reverse();
  }

  /** Keeps out whoever had `seat`; `by` is the host who wants it. Where there are too many already, the oldest is lifted. */
  add(seat: Seat, by: Pick<Seat, 'via' | 'isHeir'>, at: number): void {
    const [oldest] = this.all.keys();
    if (oldest !== undefined && this.all.size >= MAX_REMOVED) this.forget(oldest);
    const { id, incarnation, hello } = seat;
    const likeness = likenessOf(seat, by, at);
    this.all.set(id, { v: 1, ...likeness, incarnation, hello });
    this.keep(id);
    this.parts.roles.independents.outlast([id, ...likeness.bars]);
    this.parts.onChange();
  }

  /** Throws `participant-not-found` where nobody of that id was removed. */
  lift(id: string): void {
    if (!this.all.has(id)) throw new Refusal('participant-not-found');
    this.forget(id);
    this.parts.onChange();
  }

  /** Whether this very person, or whose word they come by, was removed. */
  bars({ participantId, via }: Pick<Ticket, 'participantId' | 'via'>): boolean {
    const behind = this.parts.roles.independents.behind([...via, participantId]);
    return [...this.all.values()].some((removal) => isSame(removal, behind));
  }

  /** Whether a newcomer, whose invitation was made at `invitedAt` (seconds since 1970), cannot be told from somebody who was removed. */
  resembles(ticket: Pick<Ticket, 'via' | 'network'>, invitedAt?: number): boolean {
    return [...this.all.values()].some((removal) => resembles(removal, ticket, invitedAt));
  }

  restore(record: RemovalRecord): void {
    const known = [...this.all.values(), record].sort((one, other) => one.at - other.at);
    this.all.clear();
    for (const removal of known) this.all.set(removal.id, removal);
  }

  /** Keeps every one once more; answers with the keys. */
  keepAll(): string[] {
    const ids = [...this.all.keys()];
    for (const id of ids) this.keep(id);
    return ids.map((id) => keyOf.removal(this.meetingId, id));
  }

  /** The meeting is over: nothing is kept. */
  end(): void {
    const ids = [...this.all.keys()];
    this.all.clear();
    for (const id of ids) this.keep(id);
  }

  private forget(id: string): void {
    this.all.delete(id);
    this.keep(id);
  }

  private keep(id: string): void {
    this.parts.store.keep(keyOf.removal(this.meetingId, id), () => this.all.get(id));
  }
}
