import { fromBase64url, toBase64url } from '../../connection/sealing/base64url.ts';
import { Stored } from '../stored.ts';

const KEY = 'confab:board';
/** A tab's storage takes about 5 million characters, and has more in it. */
const MOST_BYTES = 3_000_000;

type Kept = { participantId: string; update: string };

/** What is on the board, for this tab when it is loaded anew in the same seat: whoever is alone with it has it from nobody else. */
export class KeptBoard {
  readonly #selfId: () => string;
  readonly #stored = new Stored(() => sessionStorage);

  constructor(selfId: () => string) {
    this.#selfId = selfId;
  }

  /** Null where nothing was kept in this seat. */
  read(): Uint8Array<ArrayBuffer> | null {
    const kept = this.#stored.read(KEY, isKept);
    return kept?.participantId === this.#selfId() ? fromBase64url(kept.update) : null;
  }

  /** Null where nothing is to be kept. */
  write(update: Uint8Array | null): void {
    const fits = update !== null && update.length <= MOST_BYTES;
    const kept = fits && { participantId: this.#selfId(), update: toBase64url(update) };
    this.#stored.write(KEY, kept || null);
  }
}

function isKept(value: unknown): value is Kept {
  const { participantId, update } = (value ?? {}) as Record<string, unknown>;
  return typeof participantId === 'string' && typeof update === 'string';
}
