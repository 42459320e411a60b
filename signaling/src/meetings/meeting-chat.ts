import type { ChatMessage, Payload, ReplyData } from '@confab/protocol';
import { ChatRing } from './chat-ring.ts';
import { StoreFault } from './meeting-store.ts';
import type { MeetingStore } from './meeting-store.ts';
import { keyOf } from './records.ts';
import type { ChatRecord } from './records.ts';

/** A message that is kept now, and whether this call is what kept it. */
export type Accepted = { message: ChatMessage; isNew: boolean };

export type MeetingChatParts = {
  store: MeetingStore;
  /** Hears by how many bytes the chat has grown, or shrunk. */
  onGrowth: (bytes: number) => void;
};

/** One meeting's chat: gives every message its place, keeps it, and takes each once (R42, R43). */
export class MeetingChat {
  private readonly meetingId: string;
  private readonly parts: MeetingChatParts;
  private readonly ring = new ChatRing();
  private given = 0;
  private isElsewhere = false;
  /** What is being written, by its place; nobody reads it yet. */
  private readonly written = new Map<number, ChatMessage>();
  /** The same by sender and id. */
  private readonly onTheWay = new Map<string, Promise<ChatMessage>>();

  constructor(meetingId: string, parts: MeetingChatParts) {
    this.meetingId = meetingId;
    this.parts = parts;
  }

  /** What its messages count for. */
  get bytes(): number {
    return this.ring.bytes;
  }

  /** When the latest message was taken (milliseconds since 1970); Infinity where there is none. */
  get saidAt(): number {
    return this.ring.all.at(-1)?.at ?? Infinity;
  }

  /** Takes up what was kept by a server that is no more, in order of `seq`. */
  restore({ message, last }: ChatRecord): void {
    if (message !== undefined) this.put(message);
    if (last !== undefined) this.ring.skipTo(last);
    this.given = this.ring.last;
  }

  /** Whether a message was taken already, so that taking it again costs nothing and changes nothing. */
  knows(from: string, id: string): boolean {
    return this.onTheWay.has(`${from}/${id}`) || this.ring.find(from, id) !== undefined;
  }

  /** Resolves when the message outlives the process, in the order of the calls. Rejects with a StoreFault; it may be sent again then. */
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

  /** Forgets what was said, but not how much. */
  clear(): void {
    const { store, onGrowth } = this.parts;
    const { bytes, last } = this.ring;
    this.forget(this.ring.clear());
    store.keepLazily(keyOf.chat(this.meetingId, 0), () => ({ v: 1, last }));
    onGrowth(-bytes);
  }

  /** The meeting is over: nothing of it is kept. */
  end(): void {
    const { store, onGrowth } = this.parts;
    const { bytes } = this.ring;
    for (const { seq } of this.ring.clear())
      store.keep(keyOf.chat(this.meetingId, seq), () => undefined);
    store.keep(keyOf.chat(this.meetingId, 0), () => undefined);
    onGrowth(-bytes);
  }

  /** Another node has the meeting: forgets its chat, and leaves what is kept alone. */
  letGo(): void {
    this.isElsewhere = true;
    const { bytes } = this.ring;
    this.ring.clear();
    this.parts.onGrowth(-bytes);
  }

  /** Keeps all there is once more; answers with the keys. */
  keepAll(): string[] {
    const { store } = this.parts;
    const last = this.given;
    if (last === 0) return [];
    const all = [...this.ring.all.map(({ seq }) => seq), ...this.written.keys()];
    for (const seq of all) store.keep(keyOf.chat(this.meetingId, seq), () => this.recordAt(seq));
    store.keep(keyOf.chat(this.meetingId, 0), () => ({ v: 1, last }));
    return [0, ...all].map((seq) => keyOf.chat(this.meetingId, seq));
  }

  private async keep(message: ChatMessage): Promise<ChatMessage> {
    const { store } = this.parts;
    const { seq } = message;
    this.written.set(seq, message);
    store.keep(keyOf.chat(this.meetingId, seq), () => this.recordAt(seq));
    try {
      await store.settled();
      if (this.isElsewhere) throw new StoreFault('another node has the meeting');
      this.put(message);
      return message;
    } finally {
      this.written.delete(seq);
    }
  }

  private put(message: ChatMessage): void {
    const before = this.ring.bytes;
    this.forget(this.ring.put(message));
    this.parts.onGrowth(this.ring.bytes - before);
  }

  private forget(messages: ChatMessage[]): void {
    for (const { seq } of messages)
      this.parts.store.keepLazily(keyOf.chat(this.meetingId, seq), () => this.recordAt(seq));
  }

  private recordAt(seq: number): ChatRecord | undefined {
    const message = this.written.get(seq) ?? this.ring.at(seq);
    return message && { v: 1, message };
  }
}
