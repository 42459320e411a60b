import { type ChatBody, Refusal, type RefusalCode } from '@confab/protocol';
import type { Clock } from './clock.ts';
import { surfaceError } from './surface-error.ts';

/** One's own message on its way. */
export type Outgoing = { id: string; to: string | null; body: ChatBody };

/** How one's own message fares that the server has not taken yet. */
export type OutgoingStanding =
  | { status: 'pending' }
  /** The server takes no more for a moment; it goes on by itself. */
  | { status: 'delayed' }
  /** The server does not take it; only {@link ChatOutbox.retry} sends it again. */
  | { status: 'refused'; error: RefusalCode };

export type ChatOutboxOptions = {
  clock: Clock;
  /** Seals a message; asked once for each identity one has, since a repetition must repeat the bytes (R17). */
  seal: (message: Outgoing) => Promise<string>;
  /** Resolves with the server's answer (R42); rejects with a Refusal. */
  post: (message: Outgoing, sealed: string) => Promise<{ seq: number; at: number }>;
  onSent: (message: Outgoing, place: { seq: number; at: number }) => void;
  onStanding: (message: Outgoing, standing: OutgoingStanding) => void;
};

/** Asking again would get the same answer. */
const FINAL: RefusalCode[] = [
  'invalid-payload',
  'participant-not-found',
  'forbidden',
  'unknown-request',
];
const RETRY_MS = 1_000;

type Waiting = { message: Outgoing; sealed: Promise<string>; refused: boolean };

/** One's own messages until the server has taken them: sent one by one, in their order, and again until they are answered (R42). */
export class ChatOutbox {
  readonly #options: ChatOutboxOptions;
  readonly #waiting = new Map<string, Waiting>();
  #open = false;
  #working = false;
  #cancelRetry: (() => void) | null = null;

  constructor(options: ChatOutboxOptions) {
    this.#options = options;
  }

  add(message: Outgoing): void {
    this.#waiting.set(message.id, { message, sealed: this.#sealed(message), refused: false });
    this.#options.onStanding(message, { status: 'pending' });
    this.#work();
  }

  /** Sends what waits; for when the server has given the seat. */
  resume(): void {
    this.#open = true;
    this.#work();
  }

  pause(): void {
    this.#open = false;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }

  /** Seals anew what waits: one has become somebody else to the server. */
  reseal(): void {
    for (const waiting of this.#waiting.values()) waiting.sealed = this.#sealed(waiting.message);
  }

  /** The message was seen in the chat: its answer was lost. */
  confirm(id: string): void {
    this.#waiting.delete(id);
  }

  retry(id: string): void {
    const waiting = this.#waiting.get(id);
    if (!waiting?.refused) return;
    waiting.refused = false;
    this.#options.onStanding(waiting.message, { status: 'pending' });
    this.#work();
  }

  /** Gives up a message that was refused. */
  discard(id: string): void {
    if (this.#waiting.get(id)?.refused) this.#waiting.delete(id);
  }

  #sealed(message: Outgoing): Promise<string> {
    const sealed = this.#options.seal(message);
    // Whoever posts it hears of a failure; until then nobody does.
    sealed.catch(() => undefined);
    return sealed;
  }

  #next(): Waiting | undefined {
    return [...this.#waiting.values()].find(({ refused }) => !refused);
  }

  #work(): void {
    if (this.#working || !this.#open || this.#cancelRetry) return;
    this.#working = true;
    this.#send()
      .catch(surfaceError)
      .finally(() => {
        this.#working = false;
        if (this.#next()) this.#work();
      });
  }

  async #send(): Promise<void> {
    for (let next = this.#next(); next && this.#open; next = this.#next()) {
      const { message } = next;
      try {
        const place = await this.#options.post(message, await next.sealed);
        this.#waiting.delete(message.id);
        this.#options.onSent(message, place);
      } catch (error) {
        const code = error instanceof Refusal ? error.code : 'internal';
        if (!this.#waiting.has(message.id)) continue;
        if (FINAL.includes(code)) this.#refuse(next, code);
        else this.#wait(message, code);
        if (this.#cancelRetry) return;
      }
    }
  }

  #refuse(waiting: Waiting, error: RefusalCode): void {
    waiting.refused = true;
    this.#options.onStanding(waiting.message, { status: 'refused', error });
  }

  #wait(message: Outgoing, code: RefusalCode): void {
    if (!this.#open) return;
    if (code === 'too-many-requests') this.#options.onStanding(message, { status: 'delayed' });
    this.#cancelRetry = this.#options.clock.after(RETRY_MS, () => {
      this.#cancelRetry = null;
      this.#work();
    });
  }
}
