import type { Clock } from './clock.ts';

const ANSWER_MS = 8_000;
const ESTABLISH_MS = 20_000;
const DISCONNECTED_MS = 5_000;

export type ConnectionWatchListener = {
  /** Time spent while the other side could not be told anything does not count. */
  isReachable(): boolean;
  /** The offer had no answer for 8 s (R34). */
  onUnanswered(): void;
  /** Not connected for too long, at the start or later. */
  onStuck(): void;
};

/** Watches one connection's progress, because neither browser nor library ever gives up by itself. */
export class ConnectionWatch {
  readonly #clock: Clock;
  readonly #listener: ConnectionWatchListener;
  #cancelAnswer: (() => void) | null = null;
  #cancelConnected: (() => void) | null = null;

  constructor(clock: Clock, listener: ConnectionWatchListener) {
    this.#clock = clock;
    this.#listener = listener;
    this.#awaitConnected(ESTABLISH_MS);
  }

  offered(): void {
    this.answered();
    this.#cancelAnswer = this.#clock.after(ANSWER_MS, () => {
      if (this.#listener.isReachable()) this.#listener.onUnanswered();
      else this.offered();
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

  disconnected(): void {
    this.#awaitConnected(DISCONNECTED_MS);
  }

  stop(): void {
    this.answered();
    this.connected();
  }

  #awaitConnected(ms: number): void {
    this.connected();
    this.#cancelConnected = this.#clock.after(ms, () => {
      if (this.#listener.isReachable()) this.#listener.onStuck();
      else this.#awaitConnected(ms);
    });
  }
}
