import { Stored } from './stored.ts';

const KEY = 'confab:chat-read';

type Mark = { participantId: string; upTo: number };

/** Up to where this tab has read the chat, so that a reload does not make everything new. */
export class ReadMark {
  readonly #selfId: () => string;
  readonly #stored = new Stored(() => sessionStorage);

  constructor(selfId: () => string) {
    this.#selfId = selfId;
  }

  /** 0 in another seat than the one it was written in. */
  read(): number {
    const mark = this.#stored.read(KEY, isMark);
    return mark?.participantId === this.#selfId() ? mark.upTo : 0;
  }

  write(upTo: number): void {
    this.#stored.write(KEY, { participantId: this.#selfId(), upTo } satisfies Mark);
  }
}

function isMark(value: unknown): value is Mark {
  const { participantId, upTo } = (value ?? {}) as Record<string, unknown>;
  return typeof participantId === 'string' && Number.isSafeInteger(upTo);
}
