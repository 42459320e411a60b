import type { Carried } from '@confab/protocol';
import type { MeshStandings } from './mesh-standings.ts';

/** What carries signals to one participant now; null: nothing does. */
export type Route = 'server' | 'link' | 'neighbours' | null;

export type Turn = {
  /** Which of a link's signals this is, and the how many-th repetition of it, both from 0. */
  message: number;
  repetition: number;
  /** Whether it says something, and does not merely confirm. */
  isNews: boolean;
};

export type SignalRoutesOptions = {
  self: string;
  standings: MeshStandings;
  /** Those whose `signals` channel is open. */
  open: ReadonlySet<string>;
  toServer: (to: string, sealed: string) => void;
  /** Sends on the channel of the link to `over`, and says whether it is on its way. */
  carry: (over: string, text: string) => boolean;
};

/** Finds each signal its way: the server where both are connected to it, otherwise the channels of the mesh (R39). */
export class SignalRoutes {
  readonly #options: SignalRoutesOptions;
  /** For each addressee the neighbour through which something genuine last came from there. */
  readonly #proven = new Map<string, string>();
  readonly #present = new Set<string>();
  #isServerThere = false;

  constructor(options: SignalRoutesOptions) {
    this.#options = options;
  }

  setServer(there: boolean): void {
    this.#isServerThere = there;
  }

  /** Whether the server says that `id` is connected to it. */
  setPresent(id: string, present: boolean): void {
    if (present) this.#present.add(id);
    else this.#present.delete(id);
  }

  forget(id: string): void {
    this.#present.delete(id);
    this.#proven.delete(id);
  }

  /** Something that only `from` can have said came over the link to `neighbour`. */
  prove(from: string, neighbour: string): void {
    this.#proven.set(from, neighbour);
  }

  routeTo(to: string): Route {
    if (this.#isServerThere && this.#present.has(to)) return 'server';
    if (this.#isOpen(to)) return 'link';
    const hopeful = this.#neighboursOf(to).some((one) => this.#leadsTo(one, to) !== false);
    return hopeful ? 'neighbours' : null;
  }

  /** Says nothing of what gets lost: whoever sent it repeats it, and each repetition goes another way where there are several. */
  send(to: string, sealed: string, turn: Turn): void {
    const { self, toServer, carry } = this.#options;
    const route = this.routeTo(to);
    if (route === 'server') {
      toServer(to, sealed);
      return;
    }
    const text = JSON.stringify({ type: 'signal', from: self, to, sealed } satisfies Carried);
    const ways = this.#waysTo(to, turn);
    const around = () => ways.some((over) => over !== to && carry(over, text));
    if (route !== 'link') ways.some((over) => carry(over, text));
    // A link that seems to work may have broken just now: what is said for its repair must not depend on it.
    else if (!carry(to, text) || turn.isNews) around();
  }

  /** Those that may have a way to `to` in turn, then other neighbours, and the link itself, which may come to life again. */
  #waysTo(to: string, { message, repetition }: Turn): string[] {
    const neighbours = this.#neighboursOf(to);
    const hopeful = neighbours.filter((one) => this.#leadsTo(one, to) !== false);
    const start = (message + repetition) % Math.max(1, hopeful.length);
    const inTurn = [...hopeful.slice(start), ...hopeful.slice(0, start)];
    const proven = inTurn.filter((one) => repetition === 0 && one === this.#proven.get(to));
    return [...new Set([...proven, ...inTurn, ...neighbours, to])];
  }

  #neighboursOf(to: string): string[] {
    return [...this.#options.open].filter((one) => one !== to && this.#isOpen(one));
  }

  #leadsTo(neighbour: string, to: string): boolean | null {
    return this.#options.standings.worksFrom(neighbour, to);
  }

  #isOpen(id: string): boolean {
    return this.#options.open.has(id) && this.#options.standings.works(id);
  }
}
