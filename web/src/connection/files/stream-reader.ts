import { FILE_BLOCK_BYTES } from '@confab/protocol';
import { BlobReader } from './blob-reader.ts';
import type { FileStream } from './file-stream.ts';
import { giveBack } from './give-back.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The file is opened anew after so much, which tells whether it was changed meanwhile. */
const STRETCH_BYTES = 16 * FILE_BLOCK_BYTES;

/** Reads a file's stream (R85) from where somebody wants it, a block at a time, always into the same memory. */
export class StreamReader {
  readonly #stream: FileStream;
  #memory = new ArrayBuffer(0);
  #reader: BlobReader | null = null;
  #at = -1;
  #end = -1;

  constructor(stream: FileStream) {
    this.#stream = stream;
  }

  /** From `offset` on, up to where a block ends; what was read before is empty from then on. Rejects where the file was changed. */
  async read(offset: number): Promise<Bytes> {
    const { file, list } = this.#stream;
    const at = offset - list.length;
    if (at < 0) return list.slice(offset, offset + FILE_BLOCK_BYTES);
    if (at !== this.#at || at >= this.#end) this.#open(at);
    const end = Math.min(file.size, blockAt(at) + FILE_BLOCK_BYTES);
    if (this.#memory.byteLength === 0) this.#memory = new ArrayBuffer(FILE_BLOCK_BYTES);
    if (!this.#reader) throw new Error('It was opened above.');
    const bytes = await this.#reader.read(this.#memory, end - at);
    this.#memory = bytes.buffer;
    this.#at = end;
    return bytes;
  }

  /** No more is wanted; what was read is gone. */
  close(): void {
    this.#reader?.close();
    giveBack(this.#memory);
  }

  #open(at: number): void {
    this.#reader?.close();
    this.#end = Math.min(this.#stream.file.size, blockAt(at) + STRETCH_BYTES);
    this.#reader = new BlobReader(this.#stream.file.slice(at, this.#end));
  }
}

/** Where the block begins that `at` is in. */
function blockAt(at: number): number {
  return at - (at % FILE_BLOCK_BYTES);
}
