import type { ChatMessage, Payload, ReplyData } from '@confab/protocol';
import { ChatRing } from './chat-ring.ts';
import type { KeptChat } from './chat-ring.ts';
import type { ChatStore } from './chat-store.ts';

/** A message that is kept now, and whether this call is what kept it. */
export type Accepted = { message: ChatMessage; isNew: boolean };

/** One meeting's chat: gives every message its place, keeps it, and takes each once (R42, R43). */
export class MeetingChat {
  readonly ring: ChatRing;
  private readonly meetingId: string;
  private readonly store: ChatStore;
  private readonly onGrowth: (bytes: number) => void;
  private given: number;
  /** What is on its way into the store, by sender and id. */
  private readonly onTheWay = new Map<string, Promise<ChatMessage>>();

  /** `onGrowth` hears by how many bytes every message has made the chat grow, or shrink. */
  constructor(
    meetingId: string,
    store: ChatStore,
    onGrowth: (bytes: number) => void,
    kept?: KeptChat,
  ) {
    this.meetingId = meetingId;
    this.store = store;
    this.onGrowth = onGrowth;
    this.ring = new ChatRing(kept);
    this.given = this.ring.last;
  }

  /** Whether a message was taken already, so that taking it again costs nothing and changes nothing. */
  knows(from: string, id: string): boolean {
    return this.onTheWay.has(`${from}/${id}`) || this.ring.find(from, id) !== undefined;
  }

  /** Resolves when the message is kept, in the order of the calls. Rejects when the store cannot keep it. */
  async accept(from: string, sent: Payload<'chat:send'>, at: number): Promise<Accepted> {
    const key = `${from}/${sent.id}`;
    const known = this.onTheWay.get(key) ?? this.ring.find(from, sent.id);
    if (known !== undefined) return { message: await known, isNew: false };
    const keeping = this.keep({ ...sent, seq: ++this.given, from, at });
    this.onTheWay.set(key, keeping);
    try {
      return { message: await keeping, isNew: true };
    } finally {
      this.onTheWay.delete(key);
    }
  }

  read(reader: string, after: number): ReplyData<'chat:read'> {
    return this.ring.read(reader, after);
  }

  private async keep(message: ChatMessage): Promise<ChatMessage> {
    await this.store.append(this.meetingId, message);
    const before = this.ring.bytes;
    this.ring.put(message);
    this.onGrowth(this.ring.bytes - before);
    return message;
  }
}
