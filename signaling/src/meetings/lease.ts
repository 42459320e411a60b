import type { Clock } from '../clock.ts';
import { leaseTimes } from './lease-times.ts';

/** What happens when a part of a lease runs out. */
export type LeaseEnds = { hide: () => void; free: () => void };

/** How long a seat without a connection is shown and reserved (R9), and what vouching does about it (R10). */
export class Lease {
  /** Whether the seat's owner may still come back to it, shown or not. */
  isReserved = true;
  private readonly clock: Clock;
  private readonly ends: LeaseEnds;
  readonly lostAt: number;
  private shownUntil: number;
  private cancelShown: () => void;
  private cancelReserved: () => void;

  /** Begins now; `shownFor` in milliseconds, null for a seat that is not shown. */
  constructor(clock: Clock, shownFor: number | null, ends: LeaseEnds) {
    this.clock = clock;
    this.ends = ends;
    this.lostAt = clock.elapsed();
    this.shownUntil = this.lostAt + (shownFor ?? 0);
    this.cancelShown = shownFor === null ? () => undefined : clock.after(shownFor, ends.hide);
    this.cancelReserved = this.freeAfter(leaseTimes.reserved);
  }

  /** From now on it is reserved for so many milliseconds. */
  reserve(ms: number): void {
    if (!this.isReserved) return;
    this.cancelReserved();
    this.cancelReserved = this.freeAfter(ms);
  }

  /** The seat's media still arrives somewhere. */
  vouch(): void {
    const now = this.clock.elapsed();
    const until = Math.min(now + leaseTimes.shown, this.lostAt + leaseTimes.vouched);
    if (until <= this.shownUntil) return;
    this.shownUntil = until;
    this.cancelShown();
    this.cancelShown = this.clock.after(until - now, this.ends.hide);
  }

  end(): void {
    this.cancelShown();
    this.cancelReserved();
  }

  private freeAfter(ms: number): () => void {
    return this.clock.after(ms, () => {
      this.isReserved = false;
      this.ends.free();
    });
  }
}
