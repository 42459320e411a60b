import { ChatBody } from '@confab/protocol';
import type { Outgoing } from '../connection/chat-outbox.ts';
import { KeptInSeat } from './kept-in-seat.ts';

/**
 * One's own messages that the server has not taken yet, for this tab when it is loaded anew in the same seat: said again under the same id,
 * each is in the chat once (R42). Files are not among them, since the page that could send them is gone then.
 */
export class Unsent {
  readonly #kept: KeptInSeat;
  readonly #waiting = new Map<string, Outgoing>();

  constructor(selfId: () => string) {
    this.#kept = new KeptInSeat('confab:unsent', selfId);
  }

  /** What an earlier page of this seat has left. */
  read(): Outgoing[] {
    const kept = this.#kept.read();
    return Array.isArray(kept) ? kept.filter(isOutgoing) : [];
  }

  add({ id, to, body }: Outgoing): void {
    if (body.kind === 'file' || this.#waiting.has(id)) return;
    this.#waiting.set(id, { id, to, body });
    this.#keep();
  }

  /** It was sent, or given up. */
  remove(id: string): void {
    if (this.#waiting.delete(id)) this.#keep();
  }

  #keep(): void {
    this.#kept.write(this.#waiting.size > 0 ? [...this.#waiting.values()] : null);
  }
}

function isOutgoing(value: unknown): value is Outgoing {
  const { id, to, body } = (value ?? {}) as { [key in keyof Outgoing]?: unknown };
  return (
    typeof id === 'string' &&
    (to === null || typeof to === 'string') &&
    ChatBody.safeParse(body).success
  );
}
