import type { Clock } from '../clock.ts';

/** The least of what was seen in the last one to two spans of time (milliseconds). */
export class RollingMinimum {
  readonly #clock: Clock;
  readonly #span: number;
  #now = Infinity;
  #before = Infinity;
  #ends: number;

  constructor(clock: Clock, span: number) {
    this.#clock = clock;
    this.#span = span;
    this.#ends = clock.now() + span;
  }

  /** Infinity as long as nothing was seen. */
  get value(): number {
    return Math.min(this.#now, this.#before);
  }

  see(value: number): void {
    const late = this.#clock.now() - this.#ends;
    if (late >= 0) {
      this.#before = late < this.#span ? this.#now : Infinity;
      this.#now = Infinity;
      this.#ends = this.#clock.now() + this.#span;
    }
    this.#now = Math.min(this.#now, value);
  }
}
