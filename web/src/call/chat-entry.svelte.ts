import type { FileOffer } from '@confab/protocol';
import type { OpenedMessage } from '../connection/chat-inbox.ts';
import type { OutgoingStanding } from '../connection/chat-outbox.ts';

/** What names a message in the whole meeting. */
export type MessageRef = { from: string; id: string };

/** An emoji beside a message, and who put it there. */
export type Reaction = { emoji: string; from: string[] };

/** A message that does something to another one. */
export type ChatChange = OpenedMessage & {
  body: Exclude<OpenedMessage['body'], { kind: 'text' | 'file' }>;
};

type Beginning = {
  id: string;
  from: string;
  to: string | null;
  isOwn: boolean;
  name: string | null;
  text: string;
  replyTo: MessageRef | null;
  file: FileOffer | null;
};

/** One text of the chat, or one file, as the screen shows it, with all that was done to it since. */
export class ChatEntry {
  readonly id: string;
  readonly to: string | null;
  readonly isOwn: boolean;
  /** The name it was signed with. */
  readonly name: string | null;
  readonly replyTo: MessageRef | null;
  /** What it offers, where it does. */
  readonly file: FileOffer | null;
  #from = $state('');
  /** Where it stands in the chat; null while it is on its way. */
  #seq = $state<number | null>(null);
  #at = $state<number | null>(null);
  #text = $state('');
  #textSeq = $state(0);
  #isRemoved = $state(false);
  #standing = $state.raw<OutgoingStanding | null>(null);
  /** Of one's own change to it that is on its way. */
  #change = $state.raw<{ id: string; standing: OutgoingStanding } | null>(null);
  #reactions = $state.raw<(MessageRef & { emoji: string; seq: number; on: boolean })[]>([]);

  constructor({ id, from, to, isOwn, name, text, replyTo, file }: Beginning) {
    this.id = id;
    this.to = to;
    this.isOwn = isOwn;
    this.name = name;
    this.replyTo = replyTo;
    this.file = file;
    this.#from = from;
    this.#text = text;
  }

  get ref(): MessageRef {
    return { from: this.#from, id: this.id };
  }

  get from(): string {
    return this.#from;
  }

  get seq(): number | null {
    return this.#seq;
  }

  /** Milliseconds since 1970 by the server's clock. */
  get at(): number | null {
    return this.#at;
  }

  /** '' once it was taken back. */
  get text(): string {
    return this.#isRemoved ? '' : this.#text;
  }

  get isEdited(): boolean {
    return this.#textSeq > 0;
  }

  get isRemoved(): boolean {
    return this.#isRemoved;
  }

  /** Null once it is in the chat. */
  get standing(): OutgoingStanding | null {
    return this.#standing;
  }

  get change(): { id: string; standing: OutgoingStanding } | null {
    return this.#change;
  }

  /** In the order in which each emoji was first put there. */
  get reactions(): Reaction[] {
    const present = this.#isRemoved ? [] : this.#reactions.filter(({ on }) => on);
    const emoji = present.map((one) => one.emoji);
    const distinct = emoji.filter((each, index) => emoji.indexOf(each) === index);
    return distinct.map((each) => ({
      emoji: each,
      from: present.filter((one) => one.emoji === each).map(({ from }) => from),
    }));
  }

  /** It is in the chat. What its author says again, who has become another participant, stays where it stood (R44). */
  place({ seq, at, from }: Pick<OpenedMessage, 'seq' | 'at' | 'from'>): void {
    if (seq > (this.#seq ?? 0)) this.#from = from;
    this.#seq ??= seq;
    this.#at ??= at;
    this.#standing = null;
  }

  show(standing: OutgoingStanding): void {
    if (this.#seq === null) this.#standing = standing;
  }

  showChange(change: { id: string; standing: OutgoingStanding } | null): void {
    this.#change = change;
  }

  /** Only what has the same audience counts (R46), and of one kind the latest. */
  take(change: ChatChange): void {
    if (this.#change?.id === change.id) this.#change = null;
    if (audienceOf(change) !== audienceOf(this)) return;
    const { body, seq, from } = change;
    if (body.kind === 'removal') this.#isRemoved = true;
    else if (body.kind === 'reaction') this.#react({ from, id: change.id, seq, ...body });
    else if (seq > this.#textSeq && this.file === null) {
      this.#text = body.text;
      this.#textSeq = seq;
    }
  }

  #react({ from, id, emoji, seq, on }: MessageRef & { emoji: string; seq: number; on: boolean }) {
    const isSame = (one: { from: string; emoji: string }) =>
      one.from === from && one.emoji === emoji;
    const before = this.#reactions.find(isSame);
    if (before && before.seq > seq) return;
    const now = { from, id, emoji, seq, on };
    this.#reactions = before
      ? this.#reactions.map((one) => (isSame(one) ? now : one))
      : [...this.#reactions, now];
  }
}

/** Everybody, or the two who share it. */
function audienceOf({ from, to }: { from: string; to: string | null }): string {
  return to === null ? '' : [from, to].sort().join();
}
