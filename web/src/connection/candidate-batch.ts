import { MAX_CANDIDATES, type Candidate } from '@confab/protocol';
import type { Clock } from './clock.ts';

/**
 * Nearly all browsers know their own addresses within this time, and the other side waits for them. Should a check from an address arrive
 * before word of it, Chromium takes the way there for one of the worse, and comes to use it only when the former one is silent for 2.5 s.
 */
const FIRST_MS = 5;
const GATHER_MS = 30;

/** Collects a link's ICE candidates for up to 30 ms, so that they travel in few signals (R23); after a pause for a shorter time. */
export class CandidateBatch {
  readonly #clock: Clock;
  readonly #flush: (candidates: Candidate[]) => void;
  #waiting: Candidate[] = [];
  #cancel: (() => void) | null = null;
  #sentAt = -Infinity;

  constructor(clock: Clock, flush: (candidates: Candidate[]) => void) {
    this.#clock = clock;
    this.#flush = flush;
  }

  add(candidate: Candidate): void {
    this.#waiting.push(candidate);
    if (this.#waiting.length >= MAX_CANDIDATES) this.#send();
    else {
      const isFirst = this.#clock.now() - this.#sentAt > GATHER_MS;
      this.#cancel ??= this.#clock.after(isFirst ? FIRST_MS : GATHER_MS, () => {
        this.#send();
      });
    }
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#waiting = [];
  }

  #send(): void {
    const candidates = this.#waiting;
    this.clear();
    this.#sentAt = this.#clock.now();
    this.#flush(candidates);
  }
}
