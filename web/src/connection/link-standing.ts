import type { LinkStanding } from '@confab/protocol';
import type { Tracks } from './link-connection.ts';

const TRIES_UNTIL_LOST = 3;

/** How a link stands and what it shows, as people are told: never back and forth, and never without a picture it once had. */
export class StandingOfLink {
  readonly #onChange: (standing: LinkStanding, tracks: Tracks) => void;
  #standing: LinkStanding = 'connecting';
  #shown: Tracks = {};
  #weak = false;
  #tries = 0;

  constructor(onChange: (standing: LinkStanding, tracks: Tracks) => void) {
    this.#onChange = onChange;
  }

  /** Of a link made anew, the last picture stays until the new connection works. */
  tracksKnown(tracks: Tracks): void {
    if (this.#standing === 'connecting') this.#change('connecting', tracks);
  }

  connected(tracks: Tracks): void {
    this.#tries = 0;
    this.#change(this.#weak ? 'weak' : 'ok', tracks);
  }

  weak(weak: boolean): void {
    this.#weak = weak;
    if (this.#isReached) this.#change(weak ? 'weak' : 'ok');
  }

  troubled(): void {
    if (this.#isReached) this.#change('restoring');
  }

  /** So many tries more came to nothing. */
  failed(tries: number): void {
    this.#tries += tries;
    if (this.#tries >= TRIES_UNTIL_LOST) this.#change('lost');
    else this.troubled();
  }

  /** What the other side sent cannot be believed. */
  refused(): void {
    if (this.#standing === 'connecting') this.#change('lost');
  }

  get #isReached(): boolean {
    return this.#standing === 'ok' || this.#standing === 'weak';
  }

  #change(standing: LinkStanding, tracks = this.#shown): void {
    if (standing === this.#standing && tracks === this.#shown) return;
    this.#standing = standing;
    this.#shown = tracks;
    this.#onChange(standing, tracks);
  }
}
