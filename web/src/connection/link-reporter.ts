import type { LinkCounts } from '@confab/protocol';
import { chosenPair } from './chosen-pair.ts';
import type { Clock } from './clock.ts';
import type { SignalingClient } from './signaling-client.ts';
import { surfaceError } from './surface-error.ts';

const EVERY_MS = 5_000;

export type LinkReporterOptions = {
  clock: Clock;
  client: Pick<SignalingClient, 'events' | 'request'>;
  /** With whom there may be links. */
  others: () => string[];
  works: (participantId: string) => boolean;
  stats: (participantId: string) => Promise<RTCStatsReport | null>;
};

/** Keeps the server told how many of this page's links go through a relay (R114): numbers, when they change. */
export class LinkReporter {
  readonly #options: LinkReporterOptions;
  /** What the server knows: of a new connection nothing. */
  #told = '';
  #cancel: (() => void) | null = null;
  #closed = false;

  constructor(options: LinkReporterOptions) {
    this.#options = options;
    options.client.events.on('connected', () => (this.#told = ''));
    this.#lookLater();
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  #lookLater(): void {
    if (this.#closed) return;
    this.#cancel = this.#options.clock.after(EVERY_MS, () => {
      this.#look()
        .catch(surfaceError)
        .finally(() => this.#lookLater());
    });
  }

  async #look(): Promise<void> {
    const counts = await this.#count();
    const news = JSON.stringify(counts);
    const isNothing = counts.direct + counts.relayed === 0;
    if (this.#closed || news === this.#told || (isNothing && this.#told === '')) return;
    this.#told = news;
    await this.#options.client
      .request('links:report', counts)
      .catch(() => (this.#told = 'unknown'));
  }

  async #count(): Promise<LinkCounts> {
    const { others, works, stats } = this.#options;
    const counts = { direct: 0, relayed: 0 };
    const looks = others()
      .filter((id) => works(id))
      .map(async (id) => {
        const pair = chosenPair(await stats(id).catch(() => null));
        if (pair !== null) counts[pair.way]++;
      });
    await Promise.all(looks);
    return counts;
  }
}
