import { Refusal } from '@confab/protocol';
import { type ChosenPair, chosenPair } from '../connection/chosen-pair.ts';
import { type Clock, pageClock } from '../connection/clock.ts';
import type { CallConnection } from './call-connection.ts';

/** With whom a link works, and how. */
type Measured = readonly (readonly [participantId: string, pair: ChosenPair])[];

/** As often as the server lets it be asked without end, and a little less (R114). */
const EVERY_MS = 4_000;

/** How long an answer takes, from the server and from each of the others, for as long as somebody looks. Milliseconds there and back. */
export class Latency {
  readonly #ways: Pick<CallConnection, 'stats' | 'command'>;
  readonly #others: () => string[];
  readonly #clock: Clock;
  #server = $state<number | null>(null);
  #links = $state.raw<Measured>([]);

  /** `others`: with whom there may be links. */
  constructor(
    ways: Pick<CallConnection, 'stats' | 'command'>,
    others: () => string[],
    clock: Clock = pageClock,
  ) {
    this.#ways = ways;
    this.#others = others;
    this.#clock = clock;
  }

  /** Null while it does not answer. */
  get server(): number | null {
    return this.#server;
  }

  /** In the order in which the others are there; nothing where no link works. */
  get links(): Measured {
    return this.#links;
  }

  /** Looks from now on, until what it answers with is called. */
  watch(): () => void {
    let isOver = false;
    let cancel: () => void = () => undefined;
    const look = async () => {
      const links = await this.#measureLinks();
      if (!isOver) this.#links = links;
      const server = isOver ? null : await this.#measureServer(links);
      if (isOver) return;
      this.#server = server;
      cancel = this.#clock.after(EVERY_MS, () => void look());
    };
    void look();
    return () => {
      isOver = true;
      cancel();
    };
  }

  async #measureLinks(): Promise<Measured> {
    const looks = this.#others().map(
      async (id) => [id, chosenPair(await this.#ways.stats(id).catch(() => null))] as const,
    );
    return (await Promise.all(looks)).flatMap(([id, pair]) => (pair ? [[id, pair] as const] : []));
  }

  /** By a word that the server is told anyway, and answers at once. */
  async #measureServer(links: Measured): Promise<number | null> {
    const counts = { direct: 0, relayed: 0 };
    for (const [, { way }] of links) counts[way]++;
    const askedAt = this.#clock.now();
    try {
      await this.#ways.command('links:report', counts);
    } catch (error) {
      // That it was asked too often is an answer too.
      if (!(error instanceof Refusal) || error.code !== 'too-many-requests') return null;
    }
    return this.#clock.now() - askedAt;
  }
}
