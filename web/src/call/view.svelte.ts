import { Stored } from './stored.ts';

export const VIEW_MODES = ['automatic', 'grid', 'speaker'] as const;
/** How the tiles are to lie: as it suits what happens, all alike, or one large. */
export type ViewMode = (typeof VIEW_MODES)[number];

const KEY = 'confab:view';
type Kept = { mode: ViewMode; hidesSelf: boolean; levels: boolean };

/** How one looks at the meeting; remembered, except for whom one has pinned. */
export class View {
  readonly #stored: Stored;
  #kept = $state.raw<Kept>({ mode: 'automatic', hidesSelf: false, levels: true });
  #pinned = $state<string | null>(null);

  constructor(storage: () => Storage = () => localStorage) {
    this.#stored = new Stored(storage);
    this.#kept = { ...this.#kept, ...this.#stored.read(KEY, isKept) };
  }

  get mode(): ViewMode {
    return this.#kept.mode;
  }

  /** Whether one does without one's own picture. */
  get hidesSelf(): boolean {
    return this.#kept.hidesSelf;
  }

  /** Whether the loud are made softer, so that all are equally loud. */
  get levels(): boolean {
    return this.#kept.levels;
  }

  /** The tile that is large whatever happens, by its key. */
  get pinned(): string | null {
    return this.#pinned;
  }

  /** Choosing how tiles lie also lets the pinned one go. */
  choose(mode: ViewMode): void {
    this.#pinned = null;
    this.#keep({ mode });
  }

  hideSelf(hidesSelf: boolean): void {
    this.#keep({ hidesSelf });
  }

  level(levels: boolean): void {
    this.#keep({ levels });
  }

  /** Pins a tile, or lets it go if it is pinned. */
  togglePin(key: string): void {
    this.#pinned = this.#pinned === key ? null : key;
  }

  #keep(changed: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...changed };
    this.#stored.write(KEY, this.#kept);
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { mode, hidesSelf, levels } = value as Record<string, unknown>;
  return (
    VIEW_MODES.some((one) => one === mode) &&
    typeof hidesSelf === 'boolean' &&
    typeof levels === 'boolean'
  );
}
