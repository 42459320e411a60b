import { type ChatBody, type ChatMessage, ID_BYTES } from '@confab/protocol';
import { ChatInbox, type OpenedMessage } from './chat-inbox.ts';
import { ChatOutbox, type Outgoing, type OutgoingStanding } from './chat-outbox.ts';
import { ChatPlaces } from './chat-places.ts';
import type { Clock } from './clock.ts';
import { Emitter } from './emitter.ts';
import type { RefusedSignals } from './meeting-events.ts';
import { toBase64url } from './sealing/base64url.ts';
import { displayName } from './sealing/display-name.ts';
import { sealMessage } from './sealing/message-sealer.ts';
import type { SeatEntry } from './seat-entry.ts';
import type { Surroundings } from './surroundings.ts';

/** What the chat tells the app. */
export type ChatEvents = {
  /** Each message once, one's own included, in whatever order it comes: `seq` says where it stands. `isLive`: it was said just now. */
  message: OpenedMessage & { isOwn: boolean; isLive: boolean };
  /** Behind the last message before `upTo`, others may be missing: one was cut off for longer than they are kept (R43). */
  gap: { upTo: number };
  /** One's own message is not in the chat yet. */
  outgoing: Outgoing & { standing: OutgoingStanding };
  /** Somebody is writing (R47). */
  typing: { participantId: string };
};

/** What one says, without the name it is signed with. */
export type Utterance = ChatBody extends infer Body
  ? Body extends ChatBody
    ? Omit<Body, 'name'>
    : never
  : never;

export type ChatConnectionOptions = {
  secret: string;
  meetingId: string;
  name: string;
  clock: Clock;
  onRefused: (from: string, kind: keyof RefusedSignals) => void;
};

type Client = ReturnType<Surroundings['connectTo']>;

const TYPING_MS = 2_000;

/** One's part in the meeting's chat. It outlives seats: nothing that waits to be sent, or was seen, is lost with one. */
export class ChatConnection {
  readonly events = new Emitter<ChatEvents>();
  readonly #clock: Clock;
  readonly #name: string;
  readonly #inbox: ChatInbox;
  readonly #outbox: ChatOutbox;
  readonly #places: ChatPlaces;
  /** All participants one has been; more than one where a seat was lost for good. */
  readonly #selves = new Set<string>();
  #client: Client | null = null;
  #entry: Omit<SeatEntry, 'hello'> | null = null;
  #typingAt = -Infinity;

  constructor({ secret, meetingId, name, clock, onRefused }: ChatConnectionOptions) {
    this.#clock = clock;
    this.#name = displayName(name) ?? '';
    this.#inbox = new ChatInbox({
      secret,
      meetingId,
      onMessage: (message, isLive) => this.#tell(message, isLive),
      onRefused,
    });
    this.#places = new ChatPlaces({
      clock,
      read: (after) => this.#connected().request('chat:read', { after }),
      onMessage: (message) => this.#inbox.take(message, false),
      onGap: (upTo) => this.events.emit('gap', { upTo }),
    });
    this.#outbox = new ChatOutbox({
      clock,
      seal: async ({ id, to, body }) => sealMessage(this.#seated().sealer, id, to, body),
      post: (message, sealed) => this.#post(message, sealed),
      onSent: (message, place) => this.#sent(message, place),
      onStanding: (message, standing) => this.events.emit('outgoing', { ...message, standing }),
    });
  }

  /** The seat from now on, whether or not the server can be asked just now. */
  sit(client: Client, entry: Omit<SeatEntry, 'hello'>): void {
    this.#client = client;
    this.#entry = entry;
    this.#selves.add(entry.self.participantId);
    this.#outbox.reseal();
    client.events.on('chat:received', (message) => this.#receive(message));
    client.events.on('typing:announced', ({ from }) =>
      this.events.emit('typing', { participantId: from }),
    );
  }

  /** The server has given a seat, or given it back: reads what was missed, then sends what waits. */
  async enter(client: Client, entry: Omit<SeatEntry, 'hello'>): Promise<void> {
    if (client !== this.#client) this.sit(client, entry);
    await this.#places.resume();
    if (this.#places.isOpen) this.#outbox.resume();
  }

  /** The server is away; nothing changes if another connection has taken over. */
  pause(client: Client): void {
    if (client !== this.#client) return;
    this.#places.pause();
    this.#outbox.pause();
  }

  /** Says something to everybody, or to `to` alone; answers with the message's id. */
  say(utterance: Utterance, to: string | null): string {
    const id = toBase64url(crypto.getRandomValues(new Uint8Array(ID_BYTES)));
    this.#outbox.add({ id, to, body: { ...utterance, name: this.#name } });
    return id;
  }

  /** Says what an earlier page of this seat has said, and the server may not have got; under its id, which is taken once (R42). */
  sayAgain(message: Outgoing): void {
    this.#outbox.add(message);
  }

  /** Sends again what was refused. */
  retry(id: string): void {
    this.#outbox.retry(id);
  }

  /** Gives up what was refused. */
  discard(id: string): void {
    this.#outbox.discard(id);
  }

  /** Tells that one is writing; to be called at every key, told at most every 2 s. */
  announceTyping(to: string | null): void {
    const now = this.#clock.now();
    if (now - this.#typingAt < TYPING_MS) return;
    this.#typingAt = now;
    this.#client
      ?.request('typing:announce', to === null ? {} : { to })
      // A hint that nobody gets is no loss.
      .catch(() => undefined);
  }

  #receive(message: ChatMessage): void {
    void this.#inbox.take(message, true);
    this.#places.reached(message.seq);
  }

  #post({ id, to }: Outgoing, sealed: string): Promise<{ seq: number; at: number }> {
    return this.#connected().request('chat:send', { id, sealed, ...(to !== null && { to }) });
  }

  #sent({ id, to, body }: Outgoing, { seq, at }: { seq: number; at: number }): void {
    const { participantId: from, incarnation } = this.#seated().self;
    this.#inbox.takeOwn({ seq, id, from, to, incarnation, at, name: this.#name, body });
    this.#places.reached(seq);
  }

  #tell(message: OpenedMessage, isLive: boolean): void {
    const isOwn = this.#selves.has(message.from);
    if (isOwn) this.#outbox.confirm(message.id);
    this.events.emit('message', { ...message, isOwn, isLive });
  }

  #connected(): Client {
    if (this.#client === null) throw new Error('the chat has no seat yet');
    return this.#client;
  }

  #seated(): Omit<SeatEntry, 'hello'> {
    if (this.#entry === null) throw new Error('the chat has no seat yet');
    return this.#entry;
  }
}
