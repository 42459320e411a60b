import { MAX_CANDIDATES, type Candidate } from '@confab/protocol';
import type { Clock } from './clock.ts';

const GATHER_MS = 30;

/** Collects a link's ICE candidates for up to 30 ms, so that they travel in few signals (R23). */
export class CandidateBatch {
  readonly #clock: Clock;
  readonly #flush: (candidates: Candidate[]) => void;
  #waiting: Candidate[] = [];
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, flush: (candidates: Candidate[]) => void) {
    this.#clock = clock;
    this.#flush = flush;
  }

  add(candidate: Candidate): void {
    this.#waiting.push(candidate);
    if (this.#waiting.length >= MAX_CANDIDATES) this.#send();
    else
      this.#cancel ??= this.#clock.after(GATHER_MS, () => {
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
    this.#flush(candidates);
  }
}
