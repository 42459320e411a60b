/** A browser's own file system in memory, of so many bytes: whatever goes beyond them is refused as a full disk refuses it. */
export class SmallDisk {
  bytes: number;
  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();

  constructor(bytes: number) {
    this.bytes = bytes;
  }

  /** For `navigator.storage`. */
  get storage() {
    return { getDirectory: () => Promise.resolve(this.#folder()) };
  }

  get names(): string[] {
    return [...this.#files.keys()];
  }

  #folder(): object {
    return {
      getDirectoryHandle: () => Promise.resolve(this.#folder()),
      getFileHandle: (name: string) => Promise.resolve(this.#handle(name)),
      removeEntry: (name: string) => Promise.resolve(this.#files.delete(name)),
    };
  }

  #handle(name: string) {
    if (!this.#files.has(name)) this.#files.set(name, new Uint8Array());
    return {
      getFile: () => Promise.resolve(new File([this.#content(name)], name)),
      createSyncAccessHandle: () => Promise.resolve(this.#opened(name)),
    };
  }

  #opened(name: string) {
    return {
      write: (data: Uint8Array, { at }: { at: number }) => {
        const before = this.#content(name);
        const after = new Uint8Array(Math.max(before.length, at + data.length));
        if (this.#used() - before.length + after.length > this.bytes)
          throw new DOMException('No room.', 'QuotaExceededError');
        after.set(before);
        after.set(data, at);
        this.#files.set(name, after);
        return data.length;
      },
      truncate: (size: number) => this.#files.set(name, this.#content(name).slice(0, size)),
      flush: () => undefined,
      close: () => undefined,
    };
  }

  #content(name: string): Uint8Array<ArrayBuffer> {
    return this.#files.get(name) ?? new Uint8Array();
  }

  #used(): number {
    return [...this.#files.values()].reduce((sum, { length }) => sum + length, 0);
  }
}
