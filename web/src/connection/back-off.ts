import type { Clock } from './clock.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 10_000;

/** Tries again after 1 s, then after twice as long each time, up to a longest wait. */
export class BackOff {
  readonly #clock: Clock;
  readonly #longestMs: number;
  #wait = FIRST_MS;
  #cancel: (() => void) | null = null;
  /** Tries since the last {@link succeeded}. */
  tries = 0;

  constructor(clock: Clock, longestMs = LONGEST_MS) {
    this.#clock = clock;
    this.#longestMs = longestMs;
  }

  /** Does nothing while a try is due already. `spentMs`: how much of the wait the last try itself took. */
  schedule(attempt: () => void, spentMs = 0): void {
    if (this.#cancel) return;
    this.#cancel = this.#clock.after(Math.max(FIRST_MS, this.#wait - spentMs), () => {
      this.#cancel = null;
      attempt();
    });
    this.#wait = Math.min(this.#wait * 2, this.#longestMs);
    this.tries += 1;
  }

  succeeded(): void {
    this.stop();
    this.#wait = FIRST_MS;
    this.tries = 0;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
