import type { ChatMessage, ReplyData } from '@confab/protocol';
import { chatLimits } from './chat-limits.ts';

/** What a message counts for; the ids and numbers around it are bounded by this. */
export function sizeOf(message: ChatMessage): number {
  return message.sealed.length + 160;
}

/** The newest messages of one meeting, sealed. An old one goes when a new one would be too many, or too much (R43). */
export class ChatRing {
  private messages: ChatMessage[] = [];
  private highest = 0;
  private size = 0;

  /** What all messages count for, in bytes. */
  get bytes(): number {
    return this.size;
  }

  /** The `seq` of the latest message there was, here still or not. */
  get last(): number {
    return this.highest;
  }

  get all(): readonly ChatMessage[] {
    return this.messages;
  }

  /** Takes in a message that stands behind all others; answers with those that had to go. */
  put(message: ChatMessage): ChatMessage[] {
    this.messages.push(message);
    this.skipTo(message.seq);
    this.size += sizeOf(message);
    const gone: ChatMessage[] = [];
    while (this.messages.length > chatLimits.messages || this.size > chatLimits.bytes)
      gone.push(...this.dropOldest());
    return gone;
  }

  /** Counts on behind `seq`. */
  skipTo(seq: number): void {
    this.highest = Math.max(this.highest, seq);
  }

  /** Forgets all messages and goes on counting; answers with what was forgotten. */
  clear(): ChatMessage[] {
    this.size = 0;
    return this.messages.splice(0);
  }

  at(seq: number): ChatMessage | undefined {
    return this.messages.find((message) => message.seq === seq);
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

  private dropOldest(): ChatMessage[] {
    const oldest = this.messages.splice(0, 1);
    for (const message of oldest) this.size -= sizeOf(message);
    return oldest;
  }
}

function maySee(reader: string, { from, to }: ChatMessage): boolean {
  return to === undefined || to === reader || from === reader;
}
