import type { LinkStanding } from '@confab/protocol';

type Links = { to: string; standing: LinkStanding }[];

/** How the meeting's links stand: one's own as they are, those of the others as these say (R40). */
export class MeshStandings {
  readonly #own = new Map<string, LinkStanding>();
  readonly #told = new Map<string, Map<string, LinkStanding>>();

  get own(): Links {
    return [...this.#own].map(([to, standing]) => ({ to, standing }));
  }

  /** Whether anything gets through one's own link to `id`. */
  works(id: string): boolean {
    return isWorking(this.#own.get(id));
  }

  /** Whether `neighbour` says that its link to `to` works; null where it has said nothing. */
  worksFrom(neighbour: string, to: string): boolean | null {
    const standing = this.#told.get(neighbour)?.get(to);
    return standing === undefined ? null : isWorking(standing);
  }

  /** Whether that is news. */
  set(to: string, standing: LinkStanding): boolean {
    const before = this.#own.get(to);
    this.#own.set(to, standing);
    return before !== standing;
  }

  hear(from: string, links: Links): void {
    this.#told.set(from, new Map(links.map(({ to, standing }) => [to, standing])));
  }

  forget(id: string): void {
    this.#own.delete(id);
    this.#told.delete(id);
  }
}

function isWorking(standing: LinkStanding | undefined): boolean {
  return standing === 'ok' || standing === 'weak';
}
