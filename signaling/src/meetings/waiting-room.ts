import { MAX_WAITING, Refusal } from '@confab/protocol';
import type { Payload, Waiting } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Denials } from './denials.ts';
import { Lease } from './lease.ts';
import { shownAfter } from './lease-times.ts';
import type { Loss } from './lease-times.ts';
import type { MeetingStore } from './meeting-store.ts';
import { keyOf } from './records.ts';
import type { WaitingRecord } from './records.ts';
import type { Ticket } from './ticket.ts';

export type WaitingRoomParts = {
  clock: Clock;
  store: MeetingStore;
  denials: Denials;
  onChange: () => void;
};

/** Somebody who has knocked; `place` is what they were told last. Once admitted, only until they sit down. */
type Knock = WaitingRecord & {
  connection: string | null;
  shown: boolean;
  lease: Lease | null;
  place: number;
};

/** How long whoever was let in may take to sit down, in milliseconds: afterwards they have to ask again. */
const COMES_WITHIN = 90_000;

/** Whoever was let in so shortly before a meeting is locked is on their way, and still comes; in milliseconds. */
const ON_THE_WAY = 15_000;

/** Most who wait from one network: half of all, so that nobody alone shuts the door to others. Fewer from where somebody was denied. */
const MOST_FROM_ONE_NETWORK = { usually: MAX_WAITING / 2, afterDenial: 10 };

/** Who waits to be let into one meeting, in the order of knocking (R71). */
export class WaitingRoom {
  private readonly meetingId: string;
  private readonly parts: WaitingRoomParts;
  private readonly all = new Map<string, Knock>();
  private lastOrder = 0;

  constructor(meetingId: string, parts: WaitingRoomParts) {
    this.meetingId = meetingId;
    this.parts = parts;
  }

  /** Those whom a host has to answer. */
  get shown(): Waiting[] {
    return this.queue.map(({ id, incarnation, hello, resembles }) => ({
      ...{ id, incarnation, hello },
      ...(resembles && { resembles }),
    }));
  }

  /** The connections of all who wait. */
  get connections(): string[] {
    return [...this.all.values()].flatMap(({ connection }) => connection ?? []);
  }

  isAdmitted(id: string): boolean {
    const knock = this.all.get(id);
    return knock !== undefined && this.mayCome(knock);
  }

  has(id: string): boolean {
    return this.all.has(id);
  }

  /**
   * Takes a place in the queue, or takes it back; answers with the place, and with the connection that had it before and must go. Throws `denied`
   * for whoever was denied, and `too-many-requests` where too many wait, or too many were denied who came from there.
   */
  knock(
    ticket: Ticket,
    connection: string,
    { incarnation, hello }: Payload<'door:knock'>,
    resembles: boolean,
  ): { place: number; replaced: string | null } {
    const { participantId: id, via, network, admittedAt: ticketAt, passcodes } = ticket;
    if (this.parts.denials.has(id)) throw new Refusal('denied');
    const held = this.all.get(id);
    if (held === undefined && !this.hasRoomFor(ticket)) throw new Refusal('too-many-requests');
    held?.lease?.end();
    const order = held?.order ?? ++this.lastOrder;
    const admitted = held !== undefined && this.mayCome(held);
    const admittedAt = admitted ? held.admittedAt : undefined;
    const record = {
      v: 1,
      id,
      incarnation,
      hello,
      via,
      network,
      resembles,
      order,
      admitted,
      admittedAt,
      ticketAt,
      passcodes,
    } as const;
    const knock = { ...record, connection, shown: true, lease: null, place: 0 };
    this.all.set(id, knock);
    this.keep(id);
    knock.place = this.placeOf(knock);
    this.parts.onChange();
    const before = held?.connection ?? null;
    return { place: knock.place, replaced: before === connection ? null : before };
  }

  /**
   * Lets these in, of those who wait, in their order and as far as `free` seats are enough for them and for whoever is on the way already; answers with their
   * connections. Throws `participant-not-found` where none of them waits, and `meeting-full` where there is no seat.
   */
  admit(ids: string[], free: number): string[] {
    const wanted = this.queue.filter(({ id }) => ids.includes(id));
    if (wanted.length === 0) throw new Refusal('participant-not-found');
    const onTheirWay = [...this.all.values()].filter((knock) => this.mayCome(knock)).length;
    const admitted = wanted.slice(0, Math.max(0, free - onTheirWay));
    if (admitted.length === 0) throw new Refusal('meeting-full');
    return this.letIn(admitted);
  }

  /** Nobody has to wait any more but who resembles somebody removed, or may not come for another reason; answers with the connections of the others. */
  open(mayCome: (waiting: WaitingRecord) => boolean): string[] {
    return this.letIn(this.queue.filter((knock) => !knock.resembles && mayCome(knock)));
  }

  /** Who was let in a while ago and has not come is let in no more. Answers with the way back. */
  takeBack(): () => void {
    const late = this.parts.clock.now() - ON_THE_WAY;
    const lapsed = [...this.all.values()].filter(
      ({ admitted, admittedAt = 0 }) => admitted && admittedAt <= late,
    );
    for (const knock of lapsed) this.forget(knock);
    return () => {
      for (const knock of lapsed) if (!this.all.has(knock.id)) this.putBack(knock);
    };
  }

  /** Sends somebody away who waits, or was let in and has not come yet; answers with their connection. Throws `participant-not-found`. */
  deny(id: string): string | null {
    const knock = this.all.get(id);
    if (knock === undefined) throw new Refusal('participant-not-found');
    this.parts.denials.add(knock);
    this.forget(knock);
    return knock.connection;
  }

  /** The connection of somebody who waits. Throws `participant-not-found`. */
  connectionOf(id: string): string {
    const { connection } = this.waitingOf(id);
    if (connection === null) throw new Refusal('participant-not-found');
    return connection;
  }

  /** Whoever has a seat waits no more. */
  sat(id: string): void {
    const knock = this.all.get(id);
    if (knock !== undefined) this.forget(knock);
  }

  leave(id: string, connection: string): void {
    const knock = this.all.get(id);
    if (knock?.connection === connection) this.forget(knock);
  }

  /** The connection is gone; whose place it was may come back to it, as to a seat (R9). */
  lose(id: string, connection: string, loss: Loss): void {
    const knock = this.all.get(id);
    if (knock?.connection !== connection) return;
    knock.connection = null;
    this.hold(knock, shownAfter[loss]);
  }

  /** Whose place has changed since they were told, by connection. */
  moved(): [connection: string, place: number][] {
    return this.queue.flatMap((knock): [string, number][] => {
      const place = this.placeOf(knock);
      if (place === knock.place || knock.connection === null) return [];
      knock.place = place;
      return [[knock.connection, place]];
    });
  }

  /** Takes up a place as it was kept by a server that is no more, shown for so many milliseconds. */
  restore(record: WaitingRecord, shownFor: number): void {
    const knock: Knock = { ...record, connection: null, shown: true, lease: null, place: 0 };
    this.all.set(record.id, knock);
    this.lastOrder = Math.max(this.lastOrder, record.order);
    this.hold(knock, shownFor);
  }

  /** Keeps every one once more; answers with the keys. */
  keepAll(): string[] {
    const ids = [...this.all.keys()];
    for (const id of ids) this.keep(id);
    return ids.map((id) => keyOf.waiting(this.meetingId, id));
  }

  /** The meeting is over: nothing is kept. */
  end(): void {
    const ids = [...this.all.keys()];
    this.letGo();
    for (const id of ids) this.keep(id);
  }

  /** Forgets all, and leaves what is kept alone. */
  letGo(): void {
    for (const { lease } of this.all.values()) lease?.end();
    this.all.clear();
  }

  private hasRoomFor(newcomer: Ticket): boolean {
    const { denials } = this.parts;
    if (this.all.size >= MAX_WAITING || denials.mustWait(newcomer)) return false;
    const { network } = newcomer;
    if (network === null) return true;
    const most = MOST_FROM_ONE_NETWORK[denials.isKnown(newcomer) ? 'afterDenial' : 'usually'];
    return [...this.all.values()].filter((knock) => knock.network === network).length < most;
  }

  private get queue(): Knock[] {
    return [...this.all.values()]
      .filter(({ admitted, shown }) => !admitted && shown)
      .sort((one, other) => one.order - other.order);
  }

  private placeOf({ id }: Knock): number {
    return this.queue.findIndex((one) => one.id === id) + 1;
  }

  private waitingOf(id: string): Knock {
    const knock = this.all.get(id);
    if (knock === undefined || knock.admitted) throw new Refusal('participant-not-found');
    return knock;
  }

  private letIn(knocks: Knock[]): string[] {
    for (const knock of knocks) {
      knock.admitted = true;
      knock.admittedAt = this.parts.clock.now();
      this.keep(knock.id);
    }
    if (knocks.length > 0) this.parts.onChange();
    return knocks.flatMap(({ connection }) => connection ?? []);
  }

  private mayCome({ admitted, admittedAt = 0 }: Knock): boolean {
    return admitted && this.parts.clock.now() - admittedAt < COMES_WITHIN;
  }

  // The connection may be gone by now, which nobody has told of: a lease sees to whoever does not come.
  private putBack(knock: Knock): void {
    Object.assign(knock, { connection: null, lease: null });
    this.all.set(knock.id, knock);
    this.keep(knock.id);
    this.hold(knock, shownAfter.closed);
    this.parts.onChange();
  }

  private hold(knock: Knock, shownFor: number): void {
    knock.lease?.end();
    knock.lease = new Lease(this.parts.clock, shownFor, {
      hide: () => {
        knock.shown = false;
        this.parts.onChange();
      },
      free: () => this.forget(knock),
    });
  }

  private forget(knock: Knock): void {
    knock.lease?.end();
    this.all.delete(knock.id);
    this.keep(knock.id);
    this.parts.onChange();
  }

  private keep(id: string): void {
    this.parts.store.keep(keyOf.waiting(this.meetingId, id), () => this.record(id));
  }

  private record(id: string): WaitingRecord | undefined {
    const knock = this.all.get(id);
    if (knock === undefined) return undefined;
    const { connection: _c, shown: _s, lease: _l, place: _p, ...record } = knock;
    return record;
  }
}
