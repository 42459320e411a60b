import type { KnownParticipant } from './known-participant.ts';
import type { LinkReporter, LinkReporterOptions } from './link-reporter.ts';

/** What tells the server is fetched so long after somebody else is seen: it is no part of the meeting's first load. */
const EARLY_MS = 3_000;

/** Has the server told how this page's links go (R114). */
export class LinkReports {
  readonly #options: Omit<LinkReporterOptions, 'others'>;
  #participants: KnownParticipant[] = [];
  #reporter: LinkReporter | null = null;
  #cancel: (() => void) | null = null;

  constructor(options: Omit<LinkReporterOptions, 'others'>) {
    this.#options = options;
  }

  /** The meeting is like this now. */
  see(participants: KnownParticipant[]): void {
    this.#participants = participants;
    if (participants.length > 1)
      this.#cancel ??= this.#options.clock.after(EARLY_MS, () => void this.#begin());
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = () => undefined;
    this.#reporter?.close();
  }

  async #begin(): Promise<void> {
    const cancel = this.#cancel;
    try {
      const { LinkReporter } = await import('./link-reporter.ts');
      // Closed meanwhile.
      if (this.#cancel !== cancel) return;
      this.#reporter = new LinkReporter({
        ...this.#options,
        others: () => this.#participants.map(({ id }) => id),
      });
    } catch {
      // The next snapshot is another try.
      if (this.#cancel === cancel) this.#cancel = null;
    }
  }
}
