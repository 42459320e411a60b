import { MAX_SEALED_CHAT, type ChatMessage, type ReplyData } from '@confab/protocol';
import { chatLimits } from './chat-limits.ts';

/** The ids and numbers around a message are bounded by this. */
const AROUND = 160;
const LARGEST = MAX_SEALED_CHAT + AROUND;

/** What a message counts for. */
export function sizeOf(message: ChatMessage): number {
  return message.sealed.length + AROUND;
}

/**
 * The newest messages of one meeting, sealed: as many for everybody as private ones, so that no two people who talk in private take what was said
 * from the others. An old one goes when a new one would be too many, or too much (R43).
 */
export class ChatRing {
  private messages: ChatMessage[] = [];
  private highest = 0;
  private cleared = 0;
  private readonly kinds = { open: { count: 0, bytes: 0 }, closed: { count: 0, bytes: 0 } };

  /** What all messages count for, in bytes. */
  get bytes(): number {
    return this.kinds.open.bytes + this.kinds.closed.bytes;
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
    this.count(message, 1);
    const gone: ChatMessage[] = [];
    for (let kind = this.tooMany(); kind !== null; kind = this.tooMany())
      gone.push(...this.dropOldest(kind));
    return gone;
  }

  /** Counts on behind `seq`, up to which all was forgotten before it is taken up here. */
  skipTo(seq: number): void {
    this.highest = Math.max(this.highest, seq);
    this.cleared = this.highest;
  }

  /** Forgets all messages and goes on counting; answers with what was forgotten. */
  clear(): ChatMessage[] {
    for (const kind of Object.values(this.kinds)) kind.count = kind.bytes = 0;
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
   * go, a page of nothing up to there, behind all that is still here from before.
   */
  read(reader: string, after: number): ReplyData<'chat:read'> {
    const gap = this.gaps.find((seq) => seq > after);
    const page: ChatMessage[] = [];
    let bytes = 0;
    for (const message of this.messages) {
      if (gap !== undefined && message.seq > gap) break;
      if (message.seq <= after || !maySee(reader, message)) continue;
      bytes += sizeOf(message);
      // One message always fits, or a page could be empty for ever.
      if (bytes > chatLimits.page && page.length > 0)
        return { messages: page, upTo: page.at(-1)?.seq ?? after, more: true };
      page.push(message);
    }
    if (gap === undefined) return { messages: page, upTo: this.highest, more: false };
    return { messages: page, upTo: page.at(-1)?.seq ?? gap, more: true };
  }

  /**
   * The last place of each kind whose message may have had to go, in order. They follow from what is here, so that whoever restores that knows
   * them too: what has let something go is full. A first place that nobody got is no message that went.
   */
  private get gaps(): number[] {
    const [oldest] = this.messages;
    if (oldest === undefined) return this.cleared > 0 ? [this.cleared] : [];
    const isFull = this.bytes > chatLimits.bytes - LARGEST;
    const gaps = [Math.min(this.cleared, oldest.seq - 1)];
    for (const kind of ['open', 'closed'] as const) {
      if (!isFull && this.kinds[kind].count < chatLimits.messages) continue;
      const first = this.messages.find((message) => kindOf(message) === kind);
      if (first) gaps.push(this.placeBefore(first));
    }
    return gaps.filter((seq) => seq > 0).sort((one, other) => one - other);
  }

  /** The last place before a message of which nothing is here; 0 where there is none. */
  private placeBefore({ seq }: ChatMessage): number {
    const here = new Set(this.messages.map((message) => message.seq));
    let place = seq - 1;
    while (here.has(place)) place -= 1;
    return place;
  }

  /** Of which kind one has to go, if any. */
  private tooMany(): Kind | null {
    const { open, closed } = this.kinds;
    if (open.count > chatLimits.messages) return 'open';
    if (closed.count > chatLimits.messages) return 'closed';
    if (this.bytes <= chatLimits.bytes) return null;
    return closed.bytes > chatLimits.privately ? 'closed' : 'open';
  }

  private dropOldest(kind: Kind): ChatMessage[] {
    const index = this.messages.findIndex((message) => kindOf(message) === kind);
    const oldest = this.messages.splice(index, 1);
    for (const message of oldest) this.count(message, -1);
    return oldest;
  }

  private count(message: ChatMessage, by: 1 | -1): void {
    const kind = this.kinds[kindOf(message)];
    kind.count += by;
    kind.bytes += by * sizeOf(message);
  }
}

/** For everybody, or between two. */
type Kind = 'open' | 'closed';

function kindOf({ to }: ChatMessage): Kind {
  return to === undefined ? 'open' : 'closed';
}

function maySee(reader: string, { from, to }: ChatMessage): boolean {
  return to === undefined || to === reader || from === reader;
}
