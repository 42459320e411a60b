import { MAX_CANDIDATES, type Candidate } from '@confab/protocol';
import type { Clock } from './clock.ts';

/** Nearly all browsers know their own addresses within this time, and the other side waits for them. */
const FIRST_MS = 5;
const GATHER_MS = 30;

/** Collects a link's ICE candidates for up to 30 ms, so that they travel in few signals (R23); the first for a shorter time. */
export class CandidateBatch {
  readonly #clock: Clock;
  readonly #flush: (candidates: Candidate[]) => void;
  #waiting: Candidate[] = [];
  #cancel: (() => void) | null = null;
  #gatherMs = FIRST_MS;

  constructor(clock: Clock, flush: (candidates: Candidate[]) => void) {
    this.#clock = clock;
    this.#flush = flush;
  }

  add(candidate: Candidate): void {
    this.#waiting.push(candidate);
    if (this.#waiting.length >= MAX_CANDIDATES) this.#send();
    else
      this.#cancel ??= this.#clock.after(this.#gatherMs, () => {
        this.#send();
      });
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#waiting = [];
  }

  #send(): void {
    const candidates = this.#waiting;
    this.clear();
    this.#gatherMs = GATHER_MS;
    this.#flush(candidates);
  }
}
