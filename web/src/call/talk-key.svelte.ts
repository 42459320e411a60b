import { Stored } from './stored.ts';

/** A key of the keyboard: where it is (`KeyboardEvent.code`), and what is printed on it. */
export type Key = { code: string; label: string };

const KEY = 'confab:talk-key';

function isKey(value: unknown): value is Key {
  const { code, label } = Object(value) as Record<string, unknown>;
  return typeof code === 'string' && typeof label === 'string' && label.length <= 16;
}

/** The key that is held to talk; remembered in this browser. */
export class TalkKey {
  readonly #stored = new Stored(() => localStorage);
  readonly #usual: Key;
  #key = $state.raw<Key>({ code: '', label: '' });

  /** `usual` counts until somebody chooses another. */
  constructor(usual: Key) {
    this.#usual = usual;
    this.#key = this.#stored.read(KEY, isKey) ?? usual;
  }

  get key(): Key {
    return this.#key;
  }

  /** Null goes back to the usual one. */
  choose(key: Key | null): void {
    this.#key = key ?? this.#usual;
    this.#stored.write(KEY, key);
  }
}
