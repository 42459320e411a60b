import type { Address } from './sealing/envelope.ts';
import { ReplayGuard } from './sealing/replay-guard.ts';

/** What must outlive a link to one incarnation, or its end would let old signals in again. */
export type Acquaintance = {
  guard: ReplayGuard;
  /** The last epoch there was (R31). */
  epoch: number;
};

/** Every incarnation this page ever had a link to. */
export class Acquaintances {
  readonly #known = new Map<string, Acquaintance>();

  has({ participantId, incarnation }: Address): boolean {
    return this.#known.has(`${participantId}/${incarnation}`);
  }

  meet({ participantId, incarnation }: Address): Acquaintance {
    const name = `${participantId}/${incarnation}`;
    const known = this.#known.get(name) ?? { guard: new ReplayGuard(), epoch: 0 };
    this.#known.set(name, known);
    return known;
  }
}
