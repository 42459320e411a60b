import type { ChatMessage, ReplyData } from '@confab/protocol';
import { chatLimits } from './chat-limits.ts';

/** A meeting's chat as it is kept: the newest messages in order of `seq`, and the last `seq` that was given. */
export type KeptChat = { last: number; messages: ChatMessage[] };

/** What a message counts for; the ids and numbers around it are bounded by this. */
export function sizeOf(message: ChatMessage): number {
  return message.sealed.length + 160;
}

/** The newest messages of one meeting, sealed. An old one goes when a new one would be too many, or too much (R43). */
export class ChatRing {
  private messages: ChatMessage[];
  private highest: number;
  private size: number;

  constructor({ last, messages }: KeptChat = { last: 0, messages: [] }) {
    this.messages = messages;
    this.highest = last;
    this.size = messages.reduce((sum, message) => sum + sizeOf(message), 0);
  }

  /** What all messages count for, in bytes. */
  get bytes(): number {
    return this.size;
  }

  /** The `seq` of the latest message there was, here still or not. */
  get last(): number {
    return this.highest;
  }

  get kept(): KeptChat {
    return { last: this.highest, messages: this.messages };
  }

  /** Takes in the message with the greatest `seq` so far. */
  put(message: ChatMessage): void {
    this.messages.push(message);
    this.highest = message.seq;
    this.size += sizeOf(message);
    while (this.messages.length > chatLimits.messages || this.size > chatLimits.bytes)
      this.dropOldest();
  }

  find(from: string, id: string): ChatMessage | undefined {
    return this.messages.find((message) => message.id === id && message.from === from);
  }

  /** What `reader` may see behind `after`: what is for everybody, from it or to it; as much as one page takes. */
  read(reader: string, after: number): ReplyData<'chat:read'> {
    const page: ChatMessage[] = [];
    let bytes = 0;
    for (const message of this.messages) {
      if (message.seq <= after || !maySee(reader, message)) continue;
      bytes += sizeOf(message);
      // One message always fits, or a page could be empty for ever.
      if (bytes > chatLimits.page && page.length > 0)
        return { messages: page, upTo: page.at(-1)?.seq ?? after, more: true };
      page.push(message);
    }
    return { messages: page, upTo: this.highest, more: false };
  }

  /** Forgets all messages and goes on counting. */
  clear(): void {
    this.messages = [];
    this.size = 0;
  }

  private dropOldest(): void {
    const oldest = this.messages.shift();
    if (oldest !== undefined) this.size -= sizeOf(oldest);
  }
}

function maySee(reader: string, { from, to }: ChatMessage): boolean {
  return to === undefined || to === reader || from === reader;
}
