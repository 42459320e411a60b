import type { Role } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { Lease } from './lease.ts';
import { shownAfter } from './lease-times.ts';
import type { Loss } from './lease-times.ts';
import type { MeetingStore } from './meeting-store.ts';
import { Outage } from './outage.ts';
import { keyOf } from './records.ts';
import type { SeatRecord } from './records.ts';
import { begunAnew, seatRecord } from './seat.ts';
import type { NewSeat, Seat } from './seat.ts';

export type SeatsParts = {
  clock: Clock;
  store: MeetingStore;
  /** Called after every change that the snapshot shows. */
  onChange: () => void;
  /** Called when a seat was given up, before the change is told. */
  onGone: (seat: Seat) => void;
  /** Called when the last seat was given up: `wasLeft` by whoever had it, or by a host, and not because its lease ran out. */
  onEmpty: (wasLeft: boolean) => void;
};

/** Most participants that a snapshot has room for. */
const MOST_SHOWN = 64;

/** The seats of one meeting, the leases of those without a connection (R9, R10), and what is kept of them. */
export class Seats {
  /** R11: grows with every new seat. */
  lastArrival: number;
  private readonly meetingId: string;
  private readonly parts: SeatsParts;
  /** In order of arrival, because a seat is put in once and never moved. */
  private readonly seats = new Map<string, Seat>();
  private readonly outage: Outage;

  constructor(meetingId: string, lastArrival: number, parts: SeatsParts) {
    this.meetingId = meetingId;
    this.lastArrival = lastArrival;
    this.parts = parts;
    this.outage = new Outage(parts.clock, (seat, ms) => this.showAgain(seat, ms));
  }

  get size(): number {
    return this.seats.size;
  }

  /** Whether somebody is there or may come back, in order of arrival. */
  get all(): Seat[] {
    return [...this.seats.values()];
  }

  /** Those that the snapshot shows, in order of arrival. */
  get shown(): Seat[] {
    return [...this.seats.values()].filter((seat) => seat.shown);
  }

  /** Those that somebody sits in. */
  get occupied(): (Seat & { connection: string })[] {
    return [...this.seats.values()].filter(
      (seat): seat is Seat & { connection: string } => seat.connection !== null,
    );
  }

  /** Those of hosts, whether they are there or may come back. */
  get hosts(): Seat[] {
    return [...this.seats.values()].filter(({ role }) => role === 'host');
  }

  find(participantId: string): Seat | undefined {
    return this.seats.get(participantId);
  }

  add(newcomer: NewSeat): Seat {
    const arrival = ++this.lastArrival;
    const free = { hand: null, isAway: false, links: null, isMuted: false, isShareStopped: false };
    const seat = { ...newcomer, ...free, arrival, shown: true, lease: null };
    this.seats.set(seat.id, seat);
    return seat;
  }

  /** Somebody sits in it, with what is new about them. */
  occupy(seat: Seat, arriving: Pick<Seat, 'media'> & Partial<Seat>): void {
    seat.lease?.end();
    // An outage is not to begin anew what has ended.
    seat.lease = null;
    const anew = begunAnew(seat, arriving.media);
    this.outage.comes(seat, arriving.incarnation === seat.incarnation);
    if (seat.connection !== arriving.connection) seat.links = null;
    Object.assign(seat, anew, arriving, { shown: true, lease: null, isAway: false });
    this.parts.store.keep(this.keyOf(seat), this.valueOf(seat));
    this.parts.onChange();
  }

  /** Nobody sits in it, and whose it is may come back. */
  vacate(seat: Seat, loss: Loss): void {
    seat.connection = null;
    seat.links = null;
    this.lease(seat, shownAfter[loss]);
    if (this.occupied.length === 0) this.beginOutage(loss);
    this.parts.onChange();
  }

  /** Takes up a seat as it was kept by a server that is no more. */
  restore({ v: _v, ...kept }: SeatRecord, shownFor: number): void {
    const seat: Seat = { ...kept, connection: null, lease: null, isAway: false, links: null };
    this.seats.set(seat.id, seat);
    this.lease(seat, seat.shown ? shownFor : null);
    if (seat.shown) this.outage.add(seat, shownFor);
  }

  /** Gives all seats up. */
  clear(): void {
    for (const seat of [...this.seats.values()]) this.forget(seat, 'keep');
    this.tellGone(true);
  }

  /** Forgets all seats, and leaves what is kept of them alone. */
  letGo(): void {
    for (const seat of this.seats.values()) seat.lease?.end();
    this.outage.end();
    this.seats.clear();
  }

  /** Keeps every seat once more; answers with the keys. */
  keepAll(): string[] {
    const all = [...this.seats.values()];
    for (const seat of all) this.parts.store.keep(this.keyOf(seat), this.valueOf(seat));
    return all.map((seat) => this.keyOf(seat));
  }

  /** Puts a hand up behind those that are (R57), or takes it down. */
  setHand(seat: Seat, isUp: boolean): void {
    if ((seat.hand !== null) === isUp) return;
    const others = [...this.seats.values()].map(({ hand }) => hand ?? 0);
    this.change(seat, { hand: isUp ? Math.max(...others) + 1 : null });
  }

  /** Who becomes a host may speak (R67). */
  setRole(seat: Seat, role: Role, isHeir?: true): void {
    const isUnmade = role === 'participant' || undefined;
    this.change(seat, { role, isUnmade, isHeir, ...(role === 'host' && { speech: undefined }) });
  }

  /** What a host or its owner has decided about it; kept. */
  change(
    seat: Seat,
    changed: Partial<
      Pick<Seat, 'hand' | 'role' | 'isUnmade' | 'isHeir' | 'speech' | 'isMuted' | 'isShareStopped'>
    >,
  ): void {
    Object.assign(seat, changed);
    this.parts.store.keep(this.keyOf(seat), this.valueOf(seat));
    this.parts.onChange();
  }

  /** Whether nobody looks at this participant's page (R59). */
  setAway(seat: Seat, isAway: boolean): void {
    if (seat.isAway === isAway) return;
    seat.isAway = isAway;
    this.parts.onChange();
  }

  keepLazily(seat: Seat): void {
    this.parts.store.keepLazily(this.keyOf(seat), this.valueOf(seat));
    this.parts.onChange();
  }

  remove(seat: Seat): void {
    this.forget(seat, 'keep');
    this.tellGone(true);
  }

  /** Those that nobody takes who comes as `role`: a host's is held to its end (R9), unless for a host. */
  held(role: Role): Seat[] {
    return this.all.filter((seat) => seat.shown || (seat.role === 'host' && role !== 'host'));
  }

  /** How many may be there when somebody comes as `role`: guests cannot keep the host out, as long as nobody is shown who came as one (R9). */
  roomFor(role: Role, capacity: number): number {
    const cameAsHost = this.hosts.some(({ shown, cameAs }) => shown && cameAs !== 'participant');
    const more = role === 'host' && !cameAsHost ? 1 : 0;
    return Math.min(capacity + more, MOST_SHOWN);
  }

  /** Whoever is here goes before whoever may come back: the earliest seat that is not shown is given up, a host's last. */
  makeRoom(): void {
    const hidden = this.all.filter((seat) => !seat.shown);
    const reserved = hidden.find(({ role }) => role !== 'host') ?? hidden[0];
    if (reserved !== undefined) this.forget(reserved, 'keep');
  }

  private lease(seat: Seat, shownFor: number | null): void {
    seat.lease = new Lease(this.parts.clock, shownFor, {
      hide: () => this.hide(seat),
      free: () => this.free(seat),
    });
  }

  // A server that dies meanwhile must not forget that they are missed.
  private beginOutage(loss: Loss): void {
    this.outage.begin(this.all, loss);
    for (const seat of this.all) if (this.outage.has(seat)) this.keepLazily(seat);
  }

  private showAgain(seat: Seat, ms: number): void {
    seat.lease?.end();
    seat.shown = true;
    this.lease(seat, ms);
    this.keepLazily(seat);
  }

  private hide(seat: Seat): void {
    seat.shown = false;
    if (seat.lease?.isReserved === false) this.expire(seat);
    else this.keepLazily(seat);
  }

  // While others still receive its media the seat is shown (R10), and what is shown is not given away.
  private free(seat: Seat): void {
    if (!seat.shown) this.expire(seat);
  }

  private expire(seat: Seat): void {
    this.forget(seat, 'keepLazily');
    this.tellGone(false);
  }

  private forget(seat: Seat, how: 'keep' | 'keepLazily'): void {
    seat.lease?.end();
    this.outage.gone(seat);
    this.seats.delete(seat.id);
    this.parts.onGone(seat);
    this.parts.store[how](this.keyOf(seat), this.valueOf(seat));
  }

  private tellGone(wasLeft: boolean): void {
    this.parts.onChange();
    if (this.seats.size === 0) this.parts.onEmpty(wasLeft);
  }

  private keyOf(seat: Seat): string {
    return keyOf.seat(this.meetingId, seat.arrival);
  }

  private valueOf(seat: Seat) {
    return () => {
      if (this.seats.get(seat.id) !== seat) return undefined;
      return { ...seatRecord(seat), shown: seat.shown || this.outage.has(seat) };
    };
  }
}
