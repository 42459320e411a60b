import type { Clock } from './clock.ts';

/** For how long a move that the server asked for is nothing worth telling (R38). */
const QUIET_MS = 2_000;

/** How the seat stands while the server is away; `silent`: it was, for seconds, before the loss was noticed. */
export type Loss = { attempt: number; forgotten: boolean; silent: boolean };

/** Tells of a loss at once, or, where the server has asked for it, when it takes longer than it should. */
export class LossNews {
  readonly #clock: Clock;
  readonly #tell: (loss: Loss) => void;
  #isMoving = false;
  #latest: Loss | null = null;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, tell: (loss: Loss) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** The server stops: the next loss is expected. */
  expect(): void {
    this.#isMoving = true;
  }

  lost(loss: Loss): void {
    this.#latest = loss;
    if (!this.#isMoving) this.#tell(loss);
    else this.#cancel ??= this.#clock.after(QUIET_MS, () => this.#speak());
  }

  /** The server is back. */
  over(): void {
    this.#isMoving = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  #speak(): void {
    this.over();
    if (this.#latest) this.#tell(this.#latest);
  }
}
