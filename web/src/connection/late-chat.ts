import type { ChatMessage } from '@confab/protocol';
import type { ChatConnection, ChatConnectionOptions } from './chat-connection.ts';
import { Emitter } from './emitter.ts';
import type { SeatEntry } from './seat-entry.ts';
import { surfaceError } from './surface-error.ts';
import type { Surroundings } from './surroundings.ts';

type Client = ReturnType<Surroundings['connectTo']>;
type Entry = Omit<SeatEntry, 'hello'>;

/** More than these are read from the server with all that was said before. */
const MOST_EARLY = 100;

/** One's part in the meeting's chat before anybody needs it: not even its code is fetched. Knows the seat, and what was said just now. */
export class LateChat {
  /** Something was said, and the chat is not open yet. */
  readonly events = new Emitter<{ said: ChatMessage }>();
  readonly #options: ChatConnectionOptions;
  #chat: ChatConnection | null = null;
  #seat: { client: Client; entry: Entry; isAway: boolean } | null = null;
  #heard: Client | null = null;
  #early: ChatMessage[] = [];

  constructor(options: ChatConnectionOptions) {
    this.#options = options;
  }

  /** As {@link ChatConnection.enter}. */
  async enter(client: Client, entry: Entry): Promise<void> {
    if (this.#chat !== null) {
      await this.#chat.enter(client, entry);
      return;
    }
    this.#seat = { client, entry, isAway: false };
    this.#hear(client);
  }

  /** As {@link ChatConnection.pause}. */
  pause(client: Client): void {
    this.#chat?.pause(client);
    if (client === this.#seat?.client) this.#seat.isAway = true;
  }

  /** Fetches the chat, for one caller, who gets to know it before anything is said in it. Rejects where it cannot be had now. */
  async open<Opened>(meet: (chat: ChatConnection) => Opened): Promise<Opened> {
    const { ChatConnection } = await import('./chat-connection.ts');
    const chat = new ChatConnection(this.#options);
    const opened = meet(chat);
    this.#chat = chat;
    if (this.#seat !== null) {
      const { client, entry, isAway } = this.#seat;
      if (isAway) chat.sit(client, entry);
      else chat.enter(client, entry).catch(surfaceError);
      // It was said just now; read from the server, it would be as old as the rest.
      for (const message of this.#early) client.events.emit('chat:received', message);
    }
    this.#seat = null;
    this.#early = [];
    return opened;
  }

  #hear(client: Client): void {
    if (client === this.#heard) return;
    this.#heard = client;
    this.#early = [];
    client.events.on('chat:received', (message) => {
      if (this.#chat !== null || client !== this.#heard) return;
      if (this.#early.length < MOST_EARLY) this.#early.push(message);
      this.events.emit('said', message);
    });
  }
}
