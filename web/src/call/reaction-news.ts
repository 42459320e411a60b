import type { LiveReaction } from '@confab/protocol';

/** Reactions come in bursts: this long they are gathered before they are read out; milliseconds. */
const GATHER_MS = 2_000;

/** Gathers who reacted with what, and tells of all at once. */
export class ReactionNews {
  readonly #onNews: (reactions: Map<LiveReaction, Set<string>>) => void;
  #gathered = new Map<LiveReaction, Set<string>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onNews` hears by emoji who showed it, by participant id. */
  constructor(onNews: (reactions: Map<LiveReaction, Set<string>>) => void) {
    this.#onNews = onNews;
  }

  note(from: string, emoji: LiveReaction): void {
    this.#gathered.set(emoji, (this.#gathered.get(emoji) ?? new Set()).add(from));
    this.#timer ??= setTimeout(() => this.#tell(), GATHER_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #tell(): void {
    const gathered = this.#gathered;
    this.#gathered = new Map();
    this.#timer = undefined;
    this.#onNews(gathered);
  }
}
