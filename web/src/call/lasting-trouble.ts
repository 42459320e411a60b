import { type Pair, isWorking } from './link-matrix.svelte.ts';

/** What is over sooner is not worth a word, in milliseconds. */
const LASTING_MS = 3_000;

/** Pairs whose trouble has lasted, and those of them that work again. */
export type TroubleNews = { troubled: Pair[]; healed: Pair[] };

/** Tells of each pair's trouble once when it lasts, and once when it is over. */
export class LastingTrouble {
  readonly #tell: (news: TroubleNews) => void;
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #told = new Set<string>();

  constructor(tell: (news: TroubleNews) => void) {
    this.#tell = tell;
  }

  /** Takes over how all pairs stand now. A pair that is missing has parted, which is no healing. */
  see(pairs: Pair[]): void {
    const byKey = new Map(pairs.map((pair) => [keyOf(pair), pair]));
    for (const [key, timer] of this.#waiting)
      if (!isTroubled(byKey.get(key))) {
        clearTimeout(timer);
        this.#waiting.delete(key);
      }
    for (const key of this.#told) {
      const pair = byKey.get(key);
      if (pair && !isWorking(pair.standing)) continue;
      this.#told.delete(key);
      if (pair) this.#tell({ troubled: [], healed: [pair] });
    }
    for (const [key, pair] of byKey)
      if (isTroubled(pair) && !this.#told.has(key) && !this.#waiting.has(key))
        this.#waiting.set(
          key,
          setTimeout(() => this.#last(key, pair), LASTING_MS),
        );
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #last(key: string, pair: Pair): void {
    this.#waiting.delete(key);
    this.#told.add(key);
    this.#tell({ troubled: [pair], healed: [] });
  }
}

/** A pair that never was connected is only slow, until its ends call it lost. */
function isTroubled(pair: Pair | undefined): boolean {
  return pair?.standing === 'restoring' || pair?.standing === 'lost';
}

function keyOf({ one, other }: Pair): string {
  return `${one} ${other}`;
}
