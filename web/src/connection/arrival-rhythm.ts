const MEMORY_MS = 10_000;
/** Fewer gaps say nothing about what is usual. */
const ENOUGH = 2;
/** What sends media, or has stopped and tells its level still, is never silent for longer (R49). */
const LIVELY_MS = 250;

/** How long a link is usually silent between two arrivals: what its last ten seconds were like. */
export class ArrivalRhythm {
  #gaps: { at: number; ms: number }[] = [];

  note(now: number, ms: number): void {
    this.#gaps = this.#gaps.filter(({ at }) => now - at < MEMORY_MS);
    this.#gaps.push({ at: now, ms });
  }

  /** The longest gap it remembers, in milliseconds. */
  get longest(): number {
    return Math.max(0, ...this.#gaps.map(({ ms }) => ms));
  }

  /** Whether so much comes that even a short silence is a sign. */
  get isLively(): boolean {
    return this.#gaps.length >= ENOUGH && this.longest <= LIVELY_MS;
  }
}
