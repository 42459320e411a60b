/** For this long whoever spoke last is named; milliseconds. */
const HELD_MS = 3_000;

/** Who spoke last, held for a moment so that a pause in a sentence changes nothing. */
export class LastSpeaker {
  #id = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get id(): string | null {
    return this.#id;
  }

  /** Who speaks now; null for nobody. */
  see(id: string | null): void {
    clearTimeout(this.#timer);
    if (id === null) this.#timer = setTimeout(() => (this.#id = null), HELD_MS);
    else this.#id = id;
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
