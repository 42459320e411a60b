import type { ChatBody, ChatMessage } from '@confab/protocol';
import { chatText } from './chat-text.ts';
import { fileName } from './files/file-name.ts';
import type { RefusedSignals } from './meeting-events.ts';
import { displayName } from './sealing/display-name.ts';
import { claimedIncarnation } from './sealing/envelope.ts';
import { deriveSenderKey } from './sealing/keys.ts';
import { openMessage } from './sealing/message-opener.ts';
import { RefusedSeal } from './sealing/refused-seal.ts';
import { surfaceError } from './surface-error.ts';

/** A message of the chat, opened. `to` is null where it is for everybody; `seq` says where it stands. */
export type OpenedMessage = Omit<ChatMessage, 'to' | 'sealed'> & {
  to: string | null;
  /** Of the page that it was said by (R13). */
  incarnation: string;
  /** The name it was signed with; null where nothing readable is left of it. */
  name: string | null;
  body: ChatBody;
};

export type ChatInboxOptions = {
  secret: string;
  meetingId: string;
  /** `isLive`: it was said just now, not read later. */
  onMessage: (message: OpenedMessage, isLive: boolean) => void;
  onRefused: (from: string, kind: keyof RefusedSignals) => void;
};

const MOST_KEYS = 256;

/** Opens what comes, one after the other; tells of each message once (R44). */
export class ChatInbox {
  readonly #options: ChatInboxOptions;
  /** Sender and id of all messages that were taken in. */
  readonly #known = new Set<string>();
  readonly #counters = new Set<string>();
  readonly #keys = new Map<string, Promise<CryptoKey>>();
  #last = Promise.resolve();

  constructor(options: ChatInboxOptions) {
    this.#options = options;
  }

  /** Resolves when the message has been opened and told of, or refused. */
  take(message: ChatMessage, isLive: boolean): Promise<void> {
    this.#last = this.#last.then(() => this.#open(message, isLive)).catch(surfaceError);
    return this.#last;
  }

  /** One's own message, which needs no opening. */
  takeOwn(message: OpenedMessage): void {
    if (this.#isNew(message)) this.#options.onMessage(message, true);
  }

  async #open(message: ChatMessage, isLive: boolean): Promise<void> {
    if (this.#known.has(nameOf(message))) return;
    const { seq, id, from, to = null, at } = message;
    try {
      const { incarnation, body } = await this.#opened(message);
      if (!this.#isNew(message)) return;
      const name = displayName(body.name);
      this.#options.onMessage({ seq, id, from, to, incarnation, at, name, body }, isLive);
    } catch (error) {
      if (!(error instanceof RefusedSeal)) throw error;
      this.#options.onRefused(from, error.kind);
    }
  }

  async #opened(message: ChatMessage): Promise<{ incarnation: string; body: ChatBody }> {
    const incarnation = claimedIncarnation(message.sealed);
    if (incarnation === null) throw new RefusedSeal('altered', 'no envelope');
    const key = await this.#keyOf(message.from, incarnation);
    const { meetingId } = this.#options;
    const { counter, body } = await openMessage(key, meetingId, incarnation, message);
    const used = `${message.from}/${incarnation}/${counter}`;
    if (this.#counters.has(used)) throw new RefusedSeal('repeated', 'a counter used before');
    const readable = withReadableText(body);
    this.#counters.add(used);
    return { incarnation, body: readable };
  }

  #isNew(message: Pick<ChatMessage, 'from' | 'id'>): boolean {
    if (this.#known.has(nameOf(message))) return false;
    this.#known.add(nameOf(message));
    return true;
  }

  #keyOf(from: string, incarnation: string): Promise<CryptoKey> {
    const name = `${from}/${incarnation}`;
    const { secret, meetingId } = this.#options;
    const key = this.#keys.get(name) ?? deriveSenderKey(secret, meetingId, from, incarnation);
    this.#keys.set(name, key);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > MOST_KEYS && oldest !== undefined) this.#keys.delete(oldest);
    return key;
  }
}

function nameOf({ from, id }: Pick<ChatMessage, 'from' | 'id'>): string {
  return `${from}/${id}`;
}

/** Whoever sealed it may not have kept to what {@link chatText} and {@link fileName} leave in. */
function withReadableText(body: ChatBody): ChatBody {
  if ('file' in body) return { ...body, file: { ...body.file, name: fileName(body.file.name) } };
  if (!('text' in body)) return body;
  const text = chatText(body.text);
  if (text === '') throw new RefusedSeal('altered', 'a message without text');
  return { ...body, text };
}
