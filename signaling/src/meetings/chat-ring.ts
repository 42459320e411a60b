import { MAX_SEALED_CHAT, type ChatMessage, type ReplyData } from '@confab/protocol';
import { chatLimits } from './chat-limits.ts';

/** The ids and numbers around a message are bounded by this. */
const AROUND = 160;
const LARGEST = MAX_SEALED_CHAT + AROUND;

/** What a message counts for. */
export function sizeOf(message: ChatMessage): number {
  return message.sealed.length + AROUND;
}

/** The newest messages of one meeting, sealed. An old one goes when a new one would be too many, or too much (R43). */
export class ChatRing {
  private messages: ChatMessage[] = [];
  private highest = 0;
  private cleared = 0;
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
    this.highest = Math.max(this.highest, message.seq);
    this.size += sizeOf(message);
    const gone: ChatMessage[] = [];
    while (this.messages.length > chatLimits.messages || this.size > chatLimits.bytes)
      gone.push(...this.dropOldest());
    return gone;
  }

  /** Counts on behind `seq`, up to which all was forgotten before it is taken up here. */
  skipTo(seq: number): void {
    this.highest = Math.max(this.highest, seq);
    this.cleared = this.highest;
  }

  /** Forgets all messages and goes on counting; answers with what was forgotten. */
  clear(): ChatMessage[] {
    this.size = 0;
    this.cleared = this.highest;
    return this.messages.splice(0);
  }

  at(seq: number): ChatMessage | undefined {
    return this.messages.find((message) => message.seq === seq);
  }

  find(from: string, id: string): ChatMessage | undefined {
    return this.messages.find((message) => message.id === id && message.from === from);
  }

  /**
   * What `reader` may see behind `after`: what is for everybody, from it or to it; as much as one page takes. Where some of it may have had to
   * go, first a page of nothing up to there.
   */
  read(reader: string, after: number): ReplyData<'chat:read'> {
    const { gone } = this;
    if (after < gone) return { messages: [], upTo: gone, more: true };
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

  /**
   * The last place whose message had to go; 0 before any had to. It follows from what is here, so that whoever restores that knows it too: what
   * has let something go is full. A first place that nobody got is no message that went.
   */
  private get gone(): number {
    const [oldest] = this.messages;
    if (oldest === undefined) return this.cleared;
    const isFull =
      this.messages.length >= chatLimits.messages || this.size > chatLimits.bytes - LARGEST;
    return isFull ? oldest.seq - 1 : Math.min(this.cleared, oldest.seq - 1);
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
