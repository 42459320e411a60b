import type { Clock } from './clock.ts';

/** Allows something once a second on average, and a few times in a row. */
export class Pace {
  readonly #clock: Clock;
  readonly #burst: number;
  #left: number;
  #since: number;

  constructor(clock: Clock, burst: number) {
    this.#clock = clock;
    this.#burst = burst;
    this.#left = burst;
    this.#since = clock.now();
  }

  take(): boolean {
    const now = this.#clock.now();
    this.#left = Math.min(this.#burst, this.#left + (now - this.#since) / 1_000);
    this.#since = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
