import type { FileOffer } from '@confab/protocol';
import type { OpenedMessage } from '../connection/chat-inbox.ts';
import type { OutgoingStanding } from '../connection/chat-outbox.ts';
import * as m from '../paraglide/messages.js';
import { latestOf } from './latest-of.ts';

/** What names a message in the whole meeting. */
export type MessageRef = { from: string; id: string };

/** An emoji beside a message, and who put it there. */
export type Reaction = { emoji: string; from: string[] };

/** A message that does something to another one. */
export type ChatChange = OpenedMessage & {
  body: Exclude<OpenedMessage['body'], { kind: 'text' | 'file' }>;
};

type SaidReaction = MessageRef & { emoji: string; seq: number; on: boolean };

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
  #incarnation = $state<string | null>(null);
  /** Where it stands in the chat; null while it is on its way. */
  #seq = $state<number | null>(null);
  #at = $state<number | null>(null);
  #text = $state('');
  #textSeq = $state(0);
  #isRemoved = $state(false);
  #standing = $state.raw<OutgoingStanding | null>(null);
  /** Of one's own change to it that is on its way. */
  #change = $state.raw<{ id: string; standing: OutgoingStanding } | null>(null);
  #reactions = $state.raw<SaidReaction[]>([]);

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

  /** Of the page that it was said by; null while it is on its way. */
  get incarnation(): string | null {
    return this.#incarnation;
  }

  get seq(): number | null {
    return this.#seq;
  }

  /** Milliseconds since 1970 by the server's clock. */
  get at(): number | null {
    return this.#at;
  }

  /** '' once it was taken back. Where there are only words, a file's name stands for it. */
  get text(): string {
    if (this.#isRemoved) return '';
    return this.file === null ? this.#text : m.file_said({ name: this.file.name });
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
    // In private, what comes again under its id is the same one, of somebody who has become another participant (R44).
    const said = this.to === null ? this.#reactions : latestOf(this.#reactions, ({ id }) => id);
    const present = this.#isRemoved ? [] : lastWords(said).filter(({ on }) => on);
    const emoji = present.map((one) => one.emoji);
    const distinct = emoji.filter((each, index) => emoji.indexOf(each) === index);
    return distinct.map((each) => ({
      emoji: each,
      from: present.filter((one) => one.emoji === each).map(({ from }) => from),
    }));
  }

  /** It is in the chat. What its author says again, who has become another participant, stays where it stood (R44). */
  place(said: Pick<OpenedMessage, 'seq' | 'at' | 'from' | 'incarnation'>): void {
    const { seq, at } = said;
    if (seq > (this.#seq ?? 0)) {
      this.#from = said.from;
      this.#incarnation = said.incarnation;
    }
    this.#seq ??= seq;
    this.#at ??= at;
    this.#standing = null;
  }

  /** Whether what `selfId` does to it now counts (R46): it is for everybody, or between that participant and another one. */
  isOpenTo(selfId: string): boolean {
    return this.to === null || [this.#from, this.to].includes(selfId);
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
    else if (body.kind === 'reaction') {
      const { emoji, on } = body;
      this.#react({ from, id: change.id, seq, emoji, on });
    } else if (seq > this.#textSeq && this.file === null) {
      this.#text = body.text;
      this.#textSeq = seq;
    }
  }

  #react(said: SaidReaction) {
    const all = [...this.#reactions, said];
    this.#reactions = this.to === null ? lastWords(all) : all;
  }
}

/** Of each person and emoji the last word. */
function lastWords(said: SaidReaction[]): SaidReaction[] {
  return latestOf(said, ({ from, emoji }) => `${from}/${emoji}`);
}

/** Everybody, or the two who share it. */
function audienceOf({ from, to }: { from: string; to: string | null }): string {
  return to === null ? '' : [from, to].sort().join();
}
