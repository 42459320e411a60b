import type { Clock } from './clock.ts';

/** At most twice a second to each (R40). */
const INTERVAL_MS = 500;

type Hearer = { due: boolean; cancel: (() => void) | null };

/** Tells each neighbour how one's own links stand: when its channel opens, and when they change. */
export class StandingsTeller {
  readonly #clock: Clock;
  readonly #tell: (to: string) => boolean;
  readonly #hearers = new Map<string, Hearer>();

  /** `tell` says whether it got through. */
  constructor(clock: Clock, tell: (to: string) => boolean) {
    this.#clock = clock;
    this.#tell = tell;
  }

  add(id: string): void {
    if (this.#hearers.has(id)) return;
    this.#hearers.set(id, { due: false, cancel: null });
    this.#tellSoon(id);
  }

  remove(id: string): void {
    this.#hearers.get(id)?.cancel?.();
    this.#hearers.delete(id);
  }

  changed(): void {
    for (const id of this.#hearers.keys()) this.#tellSoon(id);
  }

  #tellSoon(id: string): void {
    const hearer = this.#hearers.get(id);
    if (!hearer) return;
    hearer.due = true;
    if (hearer.cancel) return;
    hearer.cancel = this.#clock.after(INTERVAL_MS, () => {
      hearer.cancel = null;
      if (hearer.due) this.#tellSoon(id);
    });
    hearer.due = !this.#tell(id);
  }
}
