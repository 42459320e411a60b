const SPOKEN_MS = 600;
const HELD_MS = 2_000;
/** Everybody says something at least once a second (R33); whoever does not cannot be heard, whatever they said last. */
const LOST_MS = 2_500;

/**
 * Which of the others has the floor, from what everybody's own microphone says (R33), so all pages agree. A cough takes it from nobody, and
 * whoever has it keeps it until they fall silent.
 */
export class DominantSpeaker {
  #id = $state<string | null>(null);
  #since = -Infinity;
  /** Who speaks now, since when, and when they last said so. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #speaking = new Map<string, { since: number; heardAt: number }>();

  /** Null until somebody has spoken. */
  get id(): string | null {
    return this.#id;
  }

  /** `now` in milliseconds, of a clock that only goes forward. */
  hear(id: string, isSpeaking: boolean, now = performance.now()): void {
    const since = this.#speaking.get(id)?.since ?? now;
    if (isSpeaking) this.#speaking.set(id, { since, heardAt: now });
    else this.#speaking.delete(id);
    this.#give(now);
  }

  /** Whoever left speaks no more; the floor stays theirs for nobody. */
  forget(id: string): void {
    this.#speaking.delete(id);
    if (this.#id === id) this.#id = null;
  }

  #give(now: number): void {
    for (const [id, { heardAt }] of this.#speaking)
      if (now - heardAt > LOST_MS) this.#speaking.delete(id);
    if (this.#id !== null && (this.#speaking.has(this.#id) || now - this.#since < HELD_MS)) return;
    // Entries lie in the order in which people began.
    const next = [...this.#speaking].find(([, { since }]) => now - since >= SPOKEN_MS);
    if (!next) return;
    this.#id = next[0];
    this.#since = now;
  }
}
