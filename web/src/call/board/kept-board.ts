import { fromBase64url, toBase64url } from '../../connection/sealing/base64url.ts';
import { KeptInSeat } from '../kept-in-seat.ts';

/** A tab's storage takes about 5 million characters, and has more in it. */
const MOST_BYTES = 3_000_000;

/** What is on the board, for this tab when it is loaded anew in the same seat: whoever is alone with it has it from nobody else. */
export class KeptBoard {
  readonly #kept: KeptInSeat;

  constructor(selfId: () => string) {
    this.#kept = new KeptInSeat('confab:board', selfId);
  }

  /** Null where nothing was kept in this seat. */
  read(): Uint8Array<ArrayBuffer> | null {
    const update = this.#kept.read();
    return typeof update === 'string' ? fromBase64url(update) : null;
  }

  /** Null where nothing is to be kept. */
  write(update: Uint8Array | null): void {
    const fits = update !== null && update.length <= MOST_BYTES;
    this.#kept.write(fits ? toBase64url(update) : null);
  }
}
