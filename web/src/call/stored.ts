/** A browser's storage of which nothing may be expected: it can be forbidden, full, or hold what others wrote. */
export class Stored {
  readonly #storage: () => Storage;

  /** Asked for lazily, since merely touching it throws where storage is forbidden. */
  constructor(storage: () => Storage) {
    this.#storage = storage;
  }

  /** What was kept under `key` if `isValid` recognises it, else null. */
  read<Value>(key: string, isValid: (value: unknown) => value is Value): Value | null {
    try {
      const value: unknown = JSON.parse(this.#storage().getItem(key) ?? 'null');
      return isValid(value) ? value : null;
    } catch {
      return null;
    }
  }

  /** Keeps `value`, or forgets the key if it is null. What cannot be kept is asked for again next time. */
  write(key: string, value: unknown): void {
    try {
      if (value === null) this.#storage().removeItem(key);
      else this.#storage().setItem(key, JSON.stringify(value));
    } catch {
      return;
    }
  }
}
