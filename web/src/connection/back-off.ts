import type { Clock } from './clock.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 10_000;

/** Tries again after 1 s, then after twice as long each time, up to 10 s. */
export class BackOff {
  readonly #clock: Clock;
  #wait = FIRST_MS;
  #cancel: (() => void) | null = null;
  /** Tries since the last {@link succeeded}. */
  tries = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Does nothing while a try is due already. */
  schedule(attempt: () => void): void {
    if (this.#cancel) return;
    this.#cancel = this.#clock.after(this.#wait, () => {
      this.#cancel = null;
      attempt();
    });
    this.#wait = Math.min(this.#wait * 2, LONGEST_MS);
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
