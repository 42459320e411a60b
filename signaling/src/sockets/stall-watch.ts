import type { Clock } from '../clock.ts';

const EVERY = 1_000;
/** Standing still for longer than this makes clients give their connections up (milliseconds). */
const STALL = 3_000;
/** For how long afterwards a loss may be the stall's fault: until clients have noticed by themselves (milliseconds). */
const AFTERMATH = 15_000;

/** Notices when this very process stood still, a laptop's sleep for instance, so that nobody is blamed for it (R9). */
export class StallWatch {
  private readonly clock: Clock;
  private tickedAt: number;
  private stalledAt = -Infinity;
  private cancel: () => void = () => undefined;

  constructor(clock: Clock) {
    this.clock = clock;
    this.tickedAt = clock.now();
    this.tickLater();
  }

  /** Whether a connection that is lost now may be lost because the process stood still. */
  get wasAway(): boolean {
    const now = this.clock.now();
    return now - this.tickedAt > STALL || now - this.stalledAt < AFTERMATH;
  }

  close(): void {
    this.cancel();
  }

  private tickLater(): void {
    this.cancel = this.clock.after(EVERY, () => {
      const now = this.clock.now();
      if (now - this.tickedAt > STALL) this.stalledAt = now;
      this.tickedAt = now;
      this.tickLater();
    });
  }
}
