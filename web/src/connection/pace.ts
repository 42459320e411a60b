import type { Clock } from './clock.ts';

/** Allows something a few times in a row, and once every `everyMs` for long. */
export class Pace {
  readonly #clock: Clock;
  readonly #burst: number;
  readonly #everyMs: number;
  #left: number;
  #since: number;

  constructor(clock: Clock, burst: number, everyMs: number) {
    this.#clock = clock;
    this.#burst = burst;
    this.#everyMs = everyMs;
    this.#left = burst;
    this.#since = clock.now();
  }

  take(): boolean {
    const now = this.#clock.now();
    this.#left = Math.min(this.#burst, this.#left + (now - this.#since) / this.#everyMs);
    this.#since = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
