import type { LinkStanding } from '@confab/protocol';
import { ReactiveMap } from './reactive-map.svelte.ts';

/** The link between two participants, in their order of arrival. */
export type Pair = { one: string; other: string; standing: LinkStanding };

/** From the best to the worst. */
const order: LinkStanding[] = ['ok', 'weak', 'connecting', 'restoring', 'lost'];

/** How all links of the meeting stand, put together from what everybody says about their own (R40). */
export class LinkMatrix {
  readonly #self: () => string;
  readonly #told = new ReactiveMap<string, Record<string, LinkStanding>>();

  /** `self` is one's own participant id, which can change. */
  constructor(self: () => string) {
    this.#self = self;
  }

  /** Takes over what `from` says about its links, all of them. */
  show(from: string, links: { to: string; standing: LinkStanding }[]): void {
    this.#told.set(from, Object.fromEntries(links.map(({ to, standing }) => [to, standing])));
    if (from !== this.#self()) return;
    // Whoever is not reached says nothing new, and what they said last grows old; they tell it again when the link works.
    for (const { to, standing } of links) if (!isWorking(standing)) this.#told.delete(to);
  }

  /** Forgets what those who left have said. */
  keepOnly(present: readonly string[]): void {
    for (const from of [...this.#told.keys()]) if (!present.includes(from)) this.#told.delete(from);
  }

  /** The worse of what both ends say; null while neither says anything. */
  standing(one: string, other: string): LinkStanding | null {
    const said = [this.#told.get(one)?.[other], this.#told.get(other)?.[one]];
    return order.findLast((standing) => said.includes(standing)) ?? null;
  }

  /** Every pair among `present` of which something is known, in their order. */
  pairs(present: readonly string[]): Pair[] {
    return present.flatMap((one, index) =>
      present.slice(index + 1).flatMap((other) => {
        const standing = this.standing(one, other);
        return standing === null ? [] : [{ one, other, standing }];
      }),
    );
  }
}

/** Whether picture and sound get through, well or badly. */
export function isWorking(standing: LinkStanding): boolean {
  return standing === 'ok' || standing === 'weak';
}
