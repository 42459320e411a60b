import { MAX_REMOVED, Refusal } from '@confab/protocol';
import type { Removed } from '@confab/protocol';
import type { MeetingStore } from './meeting-store.ts';
import { keyOf } from './records.ts';
import type { RemovalRecord } from './records.ts';
import type { Roles } from './roles.ts';
import { ownInvitation } from './seat.ts';
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
  add(seat: Seat, by: Pick<Ticket, 'via'>, at: number): void {
    const [oldest] = this.all.keys();
    if (oldest !== undefined && this.all.size >= MAX_REMOVED) this.forget(oldest);
    const { id, incarnation, hello, network } = seat;
    const bars = ownInvitation(seat, by);
    this.all.set(id, { v: 1, id, incarnation, hello, network, bars, at });
    this.keep(id);
    this.parts.roles.independents.outlast([id, ...bars]);
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
    return [...this.all.values()].some(({ id, bars }) =>
      behind.some((name) => name === id || bars.includes(name)),
    );
  }

  /**
   * Whether a newcomer cannot be told from somebody who was removed, from the same network: with the bare link, or where the other came with that, and
   * may have had the newcomer's invitation, made at `invitedAt` (seconds since 1970), all the time.
   */
  resembles({ via, network }: Pick<Ticket, 'via' | 'network'>, invitedAt = Infinity): boolean {
    return [...this.all.values()].some(
      (removal) =>
        network !== null &&
        removal.network === network &&
        (via.length === 0 || (removal.bars.length === 0 && invitedAt * 1000 < removal.at)),
    );
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
