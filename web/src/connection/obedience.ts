import type { KnownParticipant } from './known-participant.ts';
import type { Tracks } from './link-connection.ts';
import type { ObedienceWatch, ObedienceWatchOptions, Sight } from './obedience-watch.ts';

/** What watches is fetched so long after somebody else is seen: it is no part of the meeting's first load. */
const EARLY_MS = 2_000;

/** Has it seen to that nothing comes of what hosts have stopped (R100). */
export class Obedience {
  readonly #options: Omit<ObedienceWatchOptions, 'tracks'>;
  readonly #tracks = new Map<string, Tracks>();
  #watch: ObedienceWatch | null = null;
  /** What is seen until the watch is there: grace begins with a host's word. */
  #sights: Sight[] = [];

  constructor(options: Omit<ObedienceWatchOptions, 'tracks'>) {
    this.#options = options;
  }

  /** What the link to `participantId` receives. */
  receive(participantId: string, tracks: Tracks): void {
    this.#tracks.set(participantId, tracks);
  }

  /** The meeting is like this now. */
  see(participants: KnownParticipant[]): void {
    const { clock, onAllowed } = this.#options;
    if (this.#watch) this.#watch.see(participants);
    else {
      onAllowed(participants);
      if (participants.length < 2) return;
      if (this.#sights.push({ participants, at: clock.now() }) === 1)
        clock.after(EARLY_MS, () => void this.#load());
    }
  }

  /** Without the server nobody knows whether a host's word still holds. */
  pause(): void {
    this.#sights = [];
    this.#watch?.pause();
  }

  async #load(): Promise<void> {
    try {
      const { ObedienceWatch } = await import('./obedience-watch.ts');
      this.#watch ??= new ObedienceWatch({ ...this.#options, tracks: this.#tracks }, this.#sights);
    } catch {
      // The next snapshot is another try.
    }
    this.#sights = [];
  }
}
