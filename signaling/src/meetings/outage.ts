import type { Clock } from '../clock.ts';
import { leaseTimes } from './lease-times.ts';
import type { Loss } from './lease-times.ts';
import type { Seat } from './seat.ts';

/**
 * Everybody in a meeting is away at once: the server was, or whatever lies between it and them. Nobody is there to vouch while all media may flow on, so
 * these seats are held for longer, and shown again when the first of their owners is back (R9).
 */
export class Outage {
  private readonly clock: Clock;
  /** Shows a seat again for so many milliseconds; its lease begins anew. */
  private readonly show: (seat: Seat, ms: number) => void;
  private readonly seats = new Set<Seat>();
  /** Since when (milliseconds) those are out whom an outage has cut off and who have not come back, also when it is over for the others. */
  private readonly outSince = new Map<Seat, number>();
  private shownFor: number = leaseTimes.shownAfterAbsence;
  /** Until when the first who is back finds the others; null while nobody at all has come. */
  private showUntil: number | null = null;

  constructor(clock: Clock, show: (seat: Seat, ms: number) => void) {
    this.clock = clock;
    this.show = show;
  }

  has(seat: Seat): boolean {
    return this.seats.has(seat);
  }

  /**
   * The last connection is lost, and `all` are the meeting's seats. Who was gone before has no part in it, unless it is another outage that
   * follows one which they have not come back from: what lies between may go and come several times, for ten minutes.
   */
  begin(all: Seat[], loss: Loss): void {
    const now = this.clock.elapsed();
    const since = now - (loss === 'silence' ? leaseTimes.together : 0);
    this.end();
    for (const seat of all) {
      const lostAt = seat.lease?.lostAt ?? -Infinity;
      const outSince = this.outSince.get(seat);
      if (outSince !== undefined && now - outSince >= leaseTimes.vouched) continue;
      if (seat.shown || lostAt >= since || outSince !== undefined)
        this.add(seat, leaseTimes.shownAfterAbsence);
    }
  }

  /** The owner of this seat is away, and is shown for so many milliseconds when another is back. */
  add(seat: Seat, shownFor: number): void {
    this.shownFor = shownFor;
    this.seats.add(seat);
    this.outSince.set(seat, this.outSince.get(seat) ?? this.clock.elapsed());
    this.reserve(leaseTimes.reservedTogether);
  }

  /** Somebody sits down in this seat, theirs from before or a new one. A page that is another than before has no links left: the others are not missed by it. */
  comes(seat: Seat, isSamePage: boolean): void {
    const now = this.clock.elapsed();
    if (this.showUntil === null) this.reserve(leaseTimes.reserved);
    this.showUntil ??= now + this.shownFor;
    const left = this.showUntil - now;
    this.outSince.delete(seat);
    const isBack = this.seats.delete(seat) && isSamePage;
    const others = [...this.seats];
    if (isBack || left <= 0) this.end();
    if (isBack && left > 0) for (const other of others) this.show(other, left);
  }

  /** This seat was given up. */
  gone(seat: Seat): void {
    this.seats.delete(seat);
    this.outSince.delete(seat);
  }

  end(): void {
    this.seats.clear();
    this.showUntil = null;
  }

  // Nobody misses whoever was alone.
  private reserve(ms: number): void {
    if (this.seats.size < 2) return;
    for (const { lease } of this.seats) lease?.reserve(ms);
  }
}
