import type { Clock } from '../src/clock.ts';

/** Time that passes when a test says so. */
export class FakeClock implements Clock {
  private time: number;
  private setBy = 0;
  private waiting: { at: number; work: () => void }[] = [];

  constructor(from: number = Date.UTC(2026, 0, 1)) {
    this.time = from;
  }

  now(): number {
    return this.time + this.setBy;
  }

  elapsed(): number {
    return this.time;
  }

  /** Somebody sets the clock on the wall: no time passes. */
  set(ms: number): void {
    this.setBy += ms;
  }

  after(ms: number, work: () => void): () => void {
    const wait = { at: this.time + ms, work };
    this.waiting.push(wait);
    return () => {
      this.waiting = this.waiting.filter((other) => other !== wait);
    };
  }

  /** Lets time pass; what falls due runs in its order, and sees the time at which it fell due. */
  advance(ms: number): void {
    const until = this.time + ms;
    for (let next = this.nextBefore(until); next !== undefined; next = this.nextBefore(until)) {
      this.waiting.splice(this.waiting.indexOf(next), 1);
      this.time = next.at;
      next.work();
    }
    this.time = until;
  }

  /** Time passes while the process stands still: what falls due runs afterwards, and sees how late it is. */
  standStill(ms: number): void {
    this.time += ms;
    for (
      let next = this.nextBefore(this.time);
      next !== undefined;
      next = this.nextBefore(this.time)
    ) {
      this.waiting.splice(this.waiting.indexOf(next), 1);
      next.work();
    }
  }

  private nextBefore(until: number) {
    return this.waiting.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
  }
}
