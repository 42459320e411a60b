import type { Clock } from './clock.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 5_000;

type Unconfirmed = { sendAgain: () => void; wait: number; cancel: () => void };

/** What was sent and not yet confirmed: repeated after 1 s, then at growing intervals up to 5 s (R24). */
export class UnconfirmedSignals {
  readonly #clock: Clock;
  readonly #bySeq = new Map<number, Unconfirmed>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(seq: number, sendAgain: () => void): void {
    const signal = { sendAgain, wait: FIRST_MS, cancel: () => undefined };
    this.#bySeq.set(seq, signal);
    this.#repeatLater(signal);
  }

  has(seq: number): boolean {
    return this.#bySeq.has(seq);
  }

  /** Everything up to `ack` has arrived. */
  confirm(ack: number): void {
    for (const [seq, signal] of this.#bySeq) {
      if (seq > ack) continue;
      signal.cancel();
      this.#bySeq.delete(seq);
    }
  }

  /** For when the way is open again. */
  repeatNow(): void {
    for (const signal of this.#bySeq.values()) {
      signal.cancel();
      signal.wait = FIRST_MS;
      signal.sendAgain();
      this.#repeatLater(signal);
    }
  }

  clear(): void {
    this.confirm(Infinity);
  }

  #repeatLater(signal: Unconfirmed): void {
    signal.cancel = this.#clock.after(signal.wait, () => {
      signal.wait = Math.min(signal.wait * 2, LONGEST_MS);
      signal.sendAgain();
      this.#repeatLater(signal);
    });
  }
}
