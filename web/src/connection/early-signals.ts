import type { Clock } from './clock.ts';

const MOST_PER_PARTICIPANT = 64;
const MOST_PARTICIPANTS = 64;
const KEPT_MS = 10_000;

type Early = { sealed: string; cancel: () => void };

/** Sealed signals that came before the snapshot which says who sent them; kept for 10 s. */
export class EarlySignals {
  readonly #clock: Clock;
  readonly #onExpired: (from: string) => void;
  readonly #bySender = new Map<string, Set<Early>>();

  constructor(clock: Clock, onExpired: (from: string) => void) {
    this.#clock = clock;
    this.#onExpired = onExpired;
  }

  /** Whether there is room for it. */
  hold(from: string, sealed: string): boolean {
    const kept = this.#bySender.get(from) ?? new Set();
    if (kept.size >= MOST_PER_PARTICIPANT) return false;
    if (kept.size === 0 && this.#bySender.size >= MOST_PARTICIPANTS) return false;
    this.#bySender.set(from, kept);
    const cancel = this.#clock.after(KEPT_MS, () => {
      kept.delete(early);
      if (kept.size === 0) this.#bySender.delete(from);
      this.#onExpired(from);
    });
    const early = { sealed, cancel };
    kept.add(early);
    return true;
  }

  take(from: string): string[] {
    const kept = [...(this.#bySender.get(from) ?? [])];
    this.#bySender.delete(from);
    for (const { cancel } of kept) cancel();
    return kept.map(({ sealed }) => sealed);
  }

  close(): void {
    for (const from of [...this.#bySender.keys()]) this.take(from);
  }
}
