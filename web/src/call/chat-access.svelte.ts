import type { FileWays } from '../connection/files/file-exchange.ts';
import type { LateChat } from '../connection/late-chat.ts';
import type { ChatEntry } from './chat-entry.svelte.ts';
import type { Chat, ChatLine } from './chat.svelte.ts';
import { KeptInSeat } from './kept-in-seat.ts';

/** What of the connection leads to the chat. */
export type ChatWay = Pick<LateChat, 'events'> & {
  open<Opened>(meet: (line: ChatLine) => Opened): Promise<Opened>;
};

/** The meeting's chat, which is fetched when somebody says something or looks for it. */
export class ChatAccess {
  readonly #ways: FileWays & { chat: ChatWay };
  readonly #selfId: () => string;
  readonly #onNews: (entry: ChatEntry) => void;
  readonly #stopListening: () => void;
  #chat = $state.raw<Chat | null>(null);
  #opening: Promise<Chat> | null = null;
  #isClosed = false;

  /** `onNews` hears what is said by others while the chat is not on screen. */
  constructor(
    ways: FileWays & { chat: ChatWay },
    selfId: () => string,
    onNews: (entry: ChatEntry) => void,
  ) {
    this.#ways = ways;
    this.#selfId = selfId;
    this.#onNews = onNews;
    // What cannot be fetched now is fetched with the next message, or told to whoever looks for it.
    this.#stopListening = ways.chat.events.on(
      'said',
      () => void this.open().catch(() => undefined),
    );
  }

  /** The chat for whoever waited for `open`. Throws before. */
  get opened(): Chat {
    if (this.#chat === null) throw new Error('The chat is used before it is open.');
    return this.#chat;
  }

  /** How many messages of others one has not seen. */
  get unread(): number {
    return this.#chat?.unread ?? 0;
  }

  /** See {@link Chat.unsent}. */
  get unsent(): number {
    return this.#chat?.unsent ?? 0;
  }

  /** What was just said by somebody else while the chat is not on screen; for a moment. */
  get news(): ChatEntry | null {
    return this.#chat?.news ?? null;
  }

  /** Fetches the chat unless it is there. Rejects where it cannot be had now; the next call tries again. */
  open(): Promise<Chat> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  /** One has a seat: what an earlier page of it could not send is sent as soon as may be. */
  seated(): void {
    if (new KeptInSeat('confab:unsent', this.#selfId).read() !== null)
      this.open().catch(() => undefined);
  }

  close(): void {
    this.#isClosed = true;
    this.#stopListening();
    this.#chat?.close();
  }

  async #open(): Promise<Chat> {
    const { Chat } = await import('./chat.svelte.ts');
    return this.#ways.chat.open((line) => {
      const chat = new Chat(line, this.#ways, this.#selfId, this.#onNews);
      this.#chat = chat;
      if (this.#isClosed) chat.close();
      return chat;
    });
  }
}
