import type { LinkCounts } from '@confab/protocol';
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
        const way = wayIn(await stats(id).catch(() => null));
        if (way !== null) counts[way]++;
      });
    await Promise.all(looks);
    return counts;
  }
}

type Entry = {
  type?: string;
  selectedCandidatePairId?: string;
  /** Firefox's own: it has no entry for the transport. */
  selected?: boolean;
  localCandidateId?: string;
  remoteCandidateId?: string;
  candidateType?: string;
};

/** Which way a connection goes, by its statistics: null where none is chosen. One end's relay is enough. */
export function wayIn(report: RTCStatsReport | null): keyof LinkCounts | null {
  const entries = new Map<string, Entry>();
  let pair: Entry | undefined;
  let chosen = '';
  report?.forEach((entry: Entry, id: string) => {
    entries.set(id, entry);
    if (entry.type === 'transport') chosen = entry.selectedCandidatePairId ?? '';
    if (entry.selected === true) pair = entry;
  });
  const { localCandidateId, remoteCandidateId } = entries.get(chosen) ?? pair ?? {};
  const ends = [localCandidateId, remoteCandidateId].map((id = '') => entries.get(id));
  const types = ends.map((end) => end?.candidateType);
  if (types.includes('relay')) return 'relayed';
  return types.every((type) => type === undefined) ? null : 'direct';
}
