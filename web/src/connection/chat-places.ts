import type { ChatMessage, ReplyData } from '@confab/protocol';
import type { Clock } from './clock.ts';

export type ChatPlacesOptions = {
  clock: Clock;
  read: (after: number) => Promise<ReplyData<'chat:read'>>;
  onMessage: (message: ChatMessage) => Promise<void>;
  /** Up to `upTo`, behind what is known, messages may have been said that the server does not keep any more. */
  onGap: (upTo: number) => void;
};

const RETRY_MS = 2_000;

/** Up to which place of the chat everything is known, and reading what is not: after every join, and after a gap (R43). */
export class ChatPlaces {
  readonly #options: ChatPlacesOptions;
  /** Everything up to here is known. */
  #upTo = 0;
  /** What came before its turn. */
  readonly #ahead = new Set<number>();
  /** Whether all that there was has once been read: what is missing from then on was said to this reader, too. */
  #hasRead = false;
  #open = false;
  #reading: Promise<void> | null = null;
  #pauses = 0;

  constructor(options: ChatPlacesOptions) {
    this.#options = options;
  }

  /** Whether the server can be asked. */
  get isOpen(): boolean {
    return this.#open;
  }

  /** Reads to the end; resolves then, or when the server went away before. */
  async resume(): Promise<void> {
    await this.#reading;
    this.#open = true;
    await this.#read();
  }

  pause(): void {
    this.#open = false;
    this.#pauses += 1;
  }

  /** Something came that stands at `seq`. */
  reached(seq: number): void {
    if (seq > this.#upTo) this.#ahead.add(seq);
    this.#advance(this.#upTo);
    if (this.#ahead.size > 0 && this.#open) void this.#read();
  }

  #advance(upTo: number): void {
    this.#upTo = Math.max(this.#upTo, upTo);
    while (this.#ahead.has(this.#upTo + 1)) this.#upTo += 1;
    for (const seq of this.#ahead) if (seq <= this.#upTo) this.#ahead.delete(seq);
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readOn().finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    const pauses = this.#pauses;
    const isPast = () => pauses !== this.#pauses;
    let more = true;
    while (more && !isPast()) {
      try {
        const page = await this.#options.read(this.#upTo);
        for (const message of page.messages) await this.#options.onMessage(message);
        const isFurther = page.upTo > this.#upTo;
        const isGap = page.more && page.messages.length === 0;
        if (isGap && isFurther && this.#hasRead) this.#options.onGap(page.upTo);
        this.#advance(page.upTo);
        more = page.more && isFurther;
        this.#hasRead ||= !more;
      } catch {
        // The server is busy, or about to be lost; what is missing is asked for again.
        await new Promise<void>((resolve) => this.#options.clock.after(RETRY_MS, resolve));
      }
    }
  }
}
