import type { KnownParticipant } from './known-participant.ts';
import type { Tracks } from './link-connection.ts';
import type { ObedienceWatch, ObedienceWatchOptions } from './obedience-watch.ts';

/** Has it seen to that nothing comes of what hosts have stopped (R100). Most meetings never fetch what does that. */
export class Obedience {
  readonly #options: Omit<ObedienceWatchOptions, 'tracks'>;
  readonly #tracks = new Map<string, Tracks>();
  #watch: ObedienceWatch | null = null;
  #loading = false;
  /** Null before the first snapshot, and when all is over. */
  #latest: KnownParticipant[] | null = null;

  constructor(options: Omit<ObedienceWatchOptions, 'tracks'>) {
    this.#options = options;
  }

  /** What the link to `participantId` receives. */
  receive(participantId: string, tracks: Tracks): void {
    this.#tracks.set(participantId, tracks);
  }

  /** The meeting is like this now. */
  see(participants: KnownParticipant[]): void {
    this.#latest = participants;
    if (this.#watch) this.#watch.see(participants);
    else {
      this.#options.onAllowed(participants);
      if (participants.some(({ speech, stopped }) => speech ?? stopped)) void this.#load();
    }
  }

  /** Without the server nobody knows whether a host's word still holds. */
  pause(): void {
    this.#watch?.pause();
  }

  close(): void {
    this.#latest = null;
    this.pause();
  }

  async #load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    try {
      const { ObedienceWatch } = await import('./obedience-watch.ts');
      if (this.#latest === null) return;
      this.#watch = new ObedienceWatch({ ...this.#options, tracks: this.#tracks });
      this.#watch.see(this.#latest);
    } catch {
      // The next snapshot is another try.
      this.#loading = false;
    }
  }
}
