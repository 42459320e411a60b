import type { News } from './announcer.svelte.ts';

/** What the eye is told in passing. */
export const NOTICED = ['joined', 'left', 'removed', 'raised'] as const;

export type Noticed = Pick<News, (typeof NOTICED)[number]>;

/** How long after the latest of its kind a notice stays; milliseconds. */
const NOTICE_MS = 5_000;

/** Who came, went or raised a hand just now, gathered so that ten arrivals are one notice. */
export class PassingNotices {
  #shown = $state.raw<Noticed>({ joined: [], left: [], removed: [], raised: [] });
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #timers = new Map<keyof Noticed, ReturnType<typeof setTimeout>>();

  get shown(): Noticed {
    return this.#shown;
  }

  get isAny(): boolean {
    return Object.values(this.#shown).some((names) => names.length > 0);
  }

  note(happened: Partial<Noticed>): void {
    for (const kind of NOTICED) {
      const names = happened[kind] ?? [];
      if (names.length === 0) continue;
      this.#shown = { ...this.#shown, [kind]: [...this.#shown[kind], ...names] };
      clearTimeout(this.#timers.get(kind));
      this.#timers.set(
        kind,
        setTimeout(() => (this.#shown = { ...this.#shown, [kind]: [] }), NOTICE_MS),
      );
    }
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }
}
