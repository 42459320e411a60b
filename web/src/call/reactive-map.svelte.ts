/**
 * A small map as state: whoever has read from it hears of every change to it. Svelte's own tells each reader of its key alone, at a kilobyte
 * that a map of a dozen people does not repay.
 */
export class ReactiveMap<Key, Value> {
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never changed, but replaced
  #entries = $state.raw<ReadonlyMap<Key, Value>>(new Map());

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  keys(): MapIterator<Key> {
    return this.#entries.keys();
  }

  values(): MapIterator<Value> {
    return this.#entries.values();
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.#entries[Symbol.iterator]();
  }

  set(key: Key, value: Value): void {
    const entries = this.#copy();
    entries.set(key, value);
    this.#entries = entries;
  }

  delete(key: Key): void {
    const entries = this.#copy();
    if (entries.delete(key)) this.#entries = entries;
  }

  #copy(): Map<Key, Value> {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- each is looked at as a whole, and replaced
    return new Map(this.#entries);
  }
}
