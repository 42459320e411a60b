import { evenedOut, type Voice } from './even-loudness.ts';
import { ReactiveMap } from './reactive-map.svelte.ts';

const EVERY_MS = 1_000;

/** How loud each of the others is played here: as one has chosen, and the loud softer, so that all are equally loud. */
export class Mix {
  /** From 0 to 1, by participant id, of those whose volume was changed. */
  readonly #chosen = new ReactiveMap<string, number>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- ten times a second; what follows from it is state
  readonly #voices = new Map<string, Voice>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced as a whole, never changed
  #gains = $state.raw<ReadonlyMap<string, number>>(new Map());
  #evenedAt = -Infinity;

  /** What one has chosen for this person, from 0 to 1. */
  chosen(id: string): number {
    return this.#chosen.get(id) ?? 1;
  }

  choose(id: string, volume: number): void {
    this.#chosen.set(id, Math.min(1, Math.max(0, volume)));
  }

  /** What to play them at, from 0 to 1. */
  volume(id: string, isLevelled: boolean): number {
    return this.chosen(id) * (isLevelled ? (this.#gains.get(id) ?? 1) : 1);
  }

  /** Somebody is speaking, at this loudness from 0 to 1. `now` in milliseconds. */
  hear(id: string, level: number, now = performance.now()): void {
    const voice = this.#voices.get(id) ?? { level, times: 0 };
    const weight = 1 / Math.min(MEMORY, voice.times + 1);
    const mean = voice.level + (level - voice.level) * weight;
    this.#voices.set(id, { level: mean, times: voice.times + 1 });
    if (now - this.#evenedAt < EVERY_MS) return;
    this.#evenedAt = now;
    this.#gains = evenedOut(this.#voices);
  }

  /** Somebody is not there any more. What was chosen for them stays: whoever is only cut off comes back by the same id. */
  forget(id: string): void {
    this.#voices.delete(id);
  }
}

/** Reports that a mean looks back on: ten a second make twenty seconds of speech. */
const MEMORY = 200;
