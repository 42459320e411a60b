import { giveBack } from './give-back.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const SHORTER = 'the file has become shorter';

/**
 * Reads a blob from its beginning on, into memory that its caller lends. Buffers that a browser makes itself (`Blob.arrayBuffer`) come with
 * more behind them, which piles up to 70 MB before it is collected, whether or not they are given back.
 */
export class BlobReader {
  readonly #blob: Blob;
  readonly #reader: ReadableStreamBYOBReader | null;
  #at = 0;

  constructor(blob: Blob) {
    this.#blob = blob;
    this.#reader = byteReader(blob);
  }

  /** The next `length` bytes, in the memory of `buffer`, which is empty from then on. Rejects where fewer are left, and where the file was changed. */
  async read(buffer: ArrayBuffer, length: number): Promise<Bytes> {
    if (this.#reader) return fill(buffer, length, this.#reader);
    giveBack(buffer);
    const from = this.#at;
    this.#at += length;
    const bytes = new Uint8Array(await this.#blob.slice(from, this.#at).arrayBuffer());
    if (bytes.length < length) throw new Error(SHORTER);
    return bytes;
  }

  /** No more is wanted. */
  close(): void {
    // What cannot be read any more need not be closed.
    this.#reader?.cancel().catch(() => undefined);
  }
}

/** Null where the browser reads into no memory but its own. */
function byteReader(blob: Blob): ReadableStreamBYOBReader | null {
  try {
    return blob.stream().getReader({ mode: 'byob' });
  } catch {
    return null;
  }
}

async function fill(
  buffer: ArrayBuffer,
  length: number,
  reader: ReadableStreamBYOBReader,
): Promise<Bytes> {
  let [memory, filled] = [buffer, 0];
  while (filled < length) {
    const room = new Uint8Array(memory, filled, length - filled);
    // Whole, where the browser knows how to: what it needs for each part would be garbage of two kilobytes.
    const { value, done } = await reader.read(room, { min: room.length });
    if (done) throw new Error(SHORTER);
    // It has passed on, and with it what was read before.
    memory = value.buffer;
    filled += value.length;
  }
  return new Uint8Array(memory, 0, filled);
}
