import { FILE_BLOCK_BYTES } from '@confab/protocol';
import { BlobReader } from './blob-reader.ts';
import { giveBack } from './give-back.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Read in one go. */
const STRETCH_BYTES = 4 * FILE_BLOCK_BYTES;

/** Bytes of a SHA-256 digest. */
export const DIGEST_BYTES = 32;

/** Bytes of the list of digests with which the stream of a file of `size` bytes begins (R85). */
export function listLength(size: number): number {
  return DIGEST_BYTES * Math.ceil(size / FILE_BLOCK_BYTES);
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export function isSame(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** What of the stream's list belongs to one block. */
export function digestAt(list: Bytes, block: number): Bytes {
  return list.subarray(block * DIGEST_BYTES, (block + 1) * DIGEST_BYTES);
}

/**
 * A file that can be sent: its list of digests and then its bytes (R85). The browser reads it from where it lies (`StreamReader`).
 */
export class FileStream {
  readonly file: Blob;
  readonly list: Bytes;

  constructor(file: Blob, list: Bytes) {
    this.file = file;
    this.list = list;
  }

  /** Reads a file through. `onProgress` gets the share that was read, from 0 to 1. Rejects where it cannot be read, or `signal` says to stop. */
  static async of(
    file: Blob,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<FileStream> {
    const list = new Uint8Array(listLength(file.size));
    const reader = new BlobReader(file);
    let buffer = new ArrayBuffer(FILE_BLOCK_BYTES);
    let began = performance.now();
    try {
      for (let at = 0; at < file.size; at += FILE_BLOCK_BYTES) {
        const block = await reader.read(buffer, Math.min(FILE_BLOCK_BYTES, file.size - at));
        signal.throwIfAborted();
        list.set(await sha256(block), (at / FILE_BLOCK_BYTES) * DIGEST_BYTES);
        buffer = block.buffer;
        onProgress(Math.min(1, (at + FILE_BLOCK_BYTES) / file.size));
        if (at % STRETCH_BYTES > 0) continue;
        // A call goes on meanwhile: half of the time is left to it.
        await rest(performance.now() - began);
        began = performance.now();
      }
    } finally {
      reader.close();
    }
    giveBack(buffer);
    return new FileStream(file, list);
  }

  get length(): number {
    return this.list.length + this.file.size;
  }

  /** What the list itself amounts to: the digest in the offer (R84). */
  digest(): Promise<Bytes> {
    return sha256(this.list);
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
