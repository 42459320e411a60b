import { BackOff } from './back-off.ts';
import type { Clock } from './clock.ts';

/** A server that stops is soon replaced, or gone. */
const SOON_MS = 500;
/** A network that comes back is told in several ways at once; a machine that wakes up as well. */
const ONE_TRY_MS = 1_000;

/** Decides when to ask again for the seat where the library does not, and counts all tries since the seat was held. */
export class SeatRetries {
  readonly #clock: Clock;
  readonly #again: () => void;
  readonly #backOff: BackOff;
  #cancelSoon: (() => void) | null = null;
  /** When the try began that may be under way still, and whether it was for a sign of another network. */
  #lastTry: number;
  #isForSign = true;
  #tries = 0;

  constructor(clock: Clock, again: () => void) {
    this.#clock = clock;
    this.#again = again;
    this.#backOff = new BackOff(clock);
    this.#lastTry = clock.now();
  }

  /** From 1: the first try follows the loss at once. */
  get attempt(): number {
    return Math.max(1, this.#tries);
  }

  /** A try has begun, by whomever. */
  begun(): void {
    this.stop();
    this.#tries += 1;
    this.#lastTry = this.#clock.now();
    this.#isForSign = false;
  }

  /** That try is over: the next needs not wait for it. */
  missed(): void {
    this.#lastTry = -Infinity;
  }

  /** For a refusal that is over in a moment. */
  soon(): void {
    this.#cancelSoon ??= this.#clock.after(SOON_MS, this.#again);
  }

  /** For one that may last: after 1 s, and after twice as long each time. */
  later(): void {
    this.#backOff.schedule(this.#again);
  }

  /** At once, unless a try for the same reason has only just begun. One from before may have gone to where nothing is any more. */
  now(): void {
    if (this.#isForSign && this.#clock.now() - this.#lastTry < ONE_TRY_MS) return;
    this.#again();
    this.#isForSign = true;
  }

  succeeded(): void {
    this.stop();
    this.#backOff.succeeded();
    this.#tries = 0;
  }

  stop(): void {
    this.#backOff.stop();
    this.#cancelSoon?.();
    this.#cancelSoon = null;
  }
}
