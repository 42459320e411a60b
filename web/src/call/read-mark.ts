import { KeptInSeat } from './kept-in-seat.ts';

/** Up to where this tab has read the chat, so that a reload does not make everything new. */
export class ReadMark {
  readonly #kept: KeptInSeat;

  constructor(selfId: () => string) {
    this.#kept = new KeptInSeat('confab:chat-read', selfId);
  }

  /** 0 in another seat than the one it was written in. */
  read(): number {
    const upTo = this.#kept.read();
    return Number.isSafeInteger(upTo) ? (upTo as number) : 0;
  }

  write(upTo: number): void {
    this.#kept.write(upTo);
  }
}
