import { ID_BYTES } from '@confab/protocol';
import { bytesOf, toBase64url } from '../sealing/base64url.ts';

const MOST = 8;

type Known = { text: string; bytes: Uint8Array<ArrayBuffer> };

/** Ids in both spellings: thousands of messages in a row have the same one, and spelling it anew for each costs more than all else. */
export class KnownIds {
  /** Latest first. */
  #known: Known[] = [];

  textOf(bytes: Uint8Array<ArrayBuffer>): string {
    const known = this.#known.find((one) => one.bytes.every((byte, at) => byte === bytes[at]));
    return (known ?? this.#keep({ text: toBase64url(bytes), bytes: bytes.slice() })).text;
  }

  /** Throws a RangeError for what is no id. */
  bytesOf(text: string): Uint8Array<ArrayBuffer> {
    const known = this.#known.find((one) => one.text === text);
    return (known ?? this.#keep({ text, bytes: bytesOf(text, ID_BYTES) })).bytes;
  }

  #keep(one: Known): Known {
    this.#known = [one, ...this.#known].slice(0, MOST);
    return one;
  }
}
