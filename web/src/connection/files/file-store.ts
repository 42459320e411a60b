/** A file that has arrived whole; `file` is null where it lies on the disk under a name of its receiver's choosing. */
export type KeptFile = { file: Blob | null };

/** Where an arriving file is put, block by block. Its methods reject where that fails. */
export type FileStore = {
  /** Answers with the block's memory where it may be written over, and with null where it is the store's from then on. */
  write(block: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer | null>;
  finish(): Promise<KeptFile>;
  /** Leaves nothing of it. */
  discard(): Promise<void>;
};

/** Largest file, in bytes, that is kept in memory where a page can keep it nowhere else. */
export const MOST_IN_MEMORY = 268_435_456;

/** In the page's memory: for small files, and for browsers that offer nothing else. */
export class MemoryStore implements FileStore {
  #blocks: Uint8Array<ArrayBuffer>[] = [];

  write(block: Uint8Array<ArrayBuffer>): Promise<null> {
    this.#blocks.push(block);
    return Promise.resolve(null);
  }

  finish(): Promise<KeptFile> {
    // Never a type that a browser would open as a page of this origin.
    return Promise.resolve({ file: new Blob(this.#blocks, { type: 'application/octet-stream' }) });
  }

  discard(): Promise<void> {
    this.#blocks = [];
    return Promise.resolve();
  }
}

/** In a file on the disk: one that its receiver has chosen, or one of the page's own, to be saved from there. */
export class DiskStore implements FileStore {
  readonly #handle: FileSystemFileHandle;
  readonly #isOwn: boolean;
  readonly #remove: () => Promise<void>;
  #writable: FileSystemWritableFileStream | null;

  private constructor(
    handle: FileSystemFileHandle,
    writable: FileSystemWritableFileStream,
    remove: (() => Promise<void>) | null,
  ) {
    this.#handle = handle;
    this.#writable = writable;
    this.#isOwn = remove !== null;
    this.#remove = remove ?? (() => Promise.resolve());
  }

  /** `remove` takes away a file of the page's own; null: it is its receiver's. */
  static async open(
    handle: FileSystemFileHandle,
    remove: (() => Promise<void>) | null,
  ): Promise<DiskStore> {
    return new DiskStore(handle, await handle.createWritable(), remove);
  }

  async write(block: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
    await this.#writable?.write(block);
    return block.buffer;
  }

  async finish(): Promise<KeptFile> {
    await this.#writable?.close();
    this.#writable = null;
    return { file: this.#isOwn ? await this.#handle.getFile() : null };
  }

  async discard(): Promise<void> {
    // What was written so far was never in the file itself.
    await this.#writable?.abort();
    this.#writable = null;
    await this.#remove();
  }
}
