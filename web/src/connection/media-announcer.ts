import { isSameMedia, type MediaState } from '@confab/protocol';
import type { Clock } from './clock.ts';

const TRY_AGAIN_MS = 1_000;

/** Keeps the server told what one sends: the latest wins, one request at a time, until it is known to have arrived. */
export class MediaAnnouncer {
  readonly #clock: Clock;
  readonly #tell: (media: MediaState) => Promise<unknown>;
  #wanted: MediaState;
  #told: MediaState | null = null;
  #asking = false;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, media: MediaState, tell: (media: MediaState) => Promise<unknown>) {
    this.#clock = clock;
    this.#wanted = media;
    this.#tell = tell;
  }

  get wanted(): MediaState {
    return this.#wanted;
  }

  announce(media: MediaState): void {
    this.#wanted = media;
    this.#settle();
  }

  /** The server knows this much: the join said so. */
  joinedWith(media: MediaState): void {
    this.#told = media;
    this.#settle();
  }

  /** Nobody can be told until the next join. */
  pause(): void {
    this.#told = null;
    this.#cancel?.();
    this.#cancel = null;
  }

  #settle(): void {
    const wanted = this.#wanted;
    if (this.#told === null || this.#asking || this.#cancel) return;
    if (isSameMedia(this.#told, wanted)) return;
    this.#asking = true;
    this.#tell(wanted).then(
      () => this.#answered(wanted),
      () => this.#answered(null),
    );
  }

  #answered(told: MediaState | null): void {
    this.#asking = false;
    if (this.#told === null) return;
    if (told) {
      this.#told = told;
      this.#settle();
    } else {
      this.#cancel = this.#clock.after(TRY_AGAIN_MS, () => {
        this.#cancel = null;
        this.#settle();
      });
    }
  }
}
