import type { Clock } from './clock.ts';

const ANSWER_MS = 8_000;

export type ConnectionWatchListener = {
  /** Time spent while the other side could not be told anything does not count. */
  isReachable(): boolean;
  /** The offer had no answer for 8 s, and again after 8 more (R34). */
  onUnanswered(): void;
  /** Not connected within the time given. */
  onStuck(): void;
};

/** Watches one connection's offers and its beginning, because neither browser nor library ever gives up by itself. */
export class ConnectionWatch {
  readonly #clock: Clock;
  readonly #listener: ConnectionWatchListener;
  #cancelAnswer: (() => void) | null = null;
  #cancelConnected: (() => void) | null = null;

  /** `connectMs`: the time until it counts as stuck. */
  constructor(clock: Clock, connectMs: number, listener: ConnectionWatchListener) {
    this.#clock = clock;
    this.#listener = listener;
    this.#awaitConnected(connectMs);
  }

  get isUnanswered(): boolean {
    return this.#cancelAnswer !== null;
  }

  offered(): void {
    this.answered();
    this.#cancelAnswer = this.#clock.after(ANSWER_MS, () => {
      this.offered();
      if (this.#listener.isReachable()) this.#listener.onUnanswered();
    });
  }

  answered(): void {
    this.#cancelAnswer?.();
    this.#cancelAnswer = null;
  }

  connected(): void {
    this.#cancelConnected?.();
    this.#cancelConnected = null;
  }

  stop(): void {
    this.answered();
    this.connected();
  }

  #awaitConnected(ms: number): void {
    this.#cancelConnected = this.#clock.after(ms, () => {
      if (this.#listener.isReachable()) this.#listener.onStuck();
      else this.#awaitConnected(ms);
    });
  }
}
