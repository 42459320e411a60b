import { SvelteMap } from 'svelte/reactivity';
import type { ChatConnection, ChatEvents, Utterance } from '../connection/chat-connection.ts';
import type { OpenedMessage } from '../connection/chat-inbox.ts';
import type { FileWays } from '../connection/files/file-exchange.ts';
import { ChatDraft } from './chat-draft.svelte.ts';
import { type ChatChange, ChatEntry, type MessageRef } from './chat-entry.svelte.ts';
import { ReadMark } from './read-mark.ts';
import type { SharedFiles } from './shared-files.svelte.ts';
import { Typing } from './typing.svelte.ts';
import { Unsent } from './unsent.ts';

/** What of the connection the chat speaks through. */
export type ChatLine = Pick<
  ChatConnection,
  'events' | 'say' | 'sayAgain' | 'retry' | 'discard' | 'announceTyping'
>;

const MOST_ENTRIES = 2_000;
const MOST_EARLY = 500;
const MOST_GAPS = 100;
const NEWS_MS = 6_000;

/** The meeting's chat as the screen shows it. */
export class Chat {
  readonly draft = new ChatDraft(this);
  readonly typing: Typing;
  readonly #line: ChatLine;
  readonly #ways: FileWays;
  readonly #selfId: () => string;
  readonly #readMark: ReadMark;
  readonly #kept: Unsent;
  readonly #closers: (() => void)[];
  readonly #onNews: (entry: ChatEntry) => void;
  /**
   * By sender and id; and by the id alone, since its author may have been several participants: one's own, and, after a `>`, what others say
   * in private. Of what they say to everybody anybody knows the id, and could say something else under it.
   */
  readonly #byRef = new SvelteMap<string, ChatEntry>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #early = new Map<string, ChatChange[]>();
  #entries = $state.raw<ChatEntry[]>([]);
  #gaps = $state.raw<number[]>([]);
  #readUpTo = $state(0);
  #isOpen = $state(false);
  #isClosed = false;
  #news = $state.raw<ChatEntry | null>(null);
  #files = $state.raw<SharedFiles | null>(null);
  #openingFiles: Promise<SharedFiles> | null = null;
  #newsTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #unread = $derived(
    this.#entries.filter((one) => !one.isOwn && (one.seq ?? 0) > this.#readUpTo && !one.isRemoved)
      .length,
  );

  /** `onNews` hears what is said by others while the chat is not open. */
  constructor(
    line: ChatLine,
    ways: FileWays,
    selfId: () => string,
    onNews: (entry: ChatEntry) => void,
  ) {
    this.#line = line;
    this.#ways = ways;
    this.#selfId = selfId;
    this.#onNews = onNews;
    this.#readMark = new ReadMark(selfId);
    this.#kept = new Unsent(selfId);
    this.#readUpTo = this.#readMark.read();
    this.typing = new Typing((to) => line.announceTyping(to));
    this.#closers = [
      line.events.on('message', (message) => this.#take(message)),
      line.events.on('gap', ({ upTo }) => (this.#gaps = [...this.#gaps, upTo].slice(-MOST_GAPS))),
      line.events.on('outgoing', (outgoing) => this.#showOutgoing(outgoing)),
      line.events.on('typing', ({ participantId }) => this.typing.see(participantId)),
      () => removeEventListener('beforeunload', this.#ask),
    ];
    addEventListener('beforeunload', this.#ask);
    for (const message of this.#kept.read()) line.sayAgain(message);
  }

  /** In the order of the meeting; what is still on its way comes last. */
  get entries(): ChatEntry[] {
    return this.#entries;
  }

  /** Where messages may be missing: before the first entry behind each of these places (R43). */
  get gaps(): number[] {
    return this.#gaps;
  }

  get unread(): number {
    return this.#unread;
  }

  /** How many of one's own messages, changes to them, and pictures beside what one writes, others have not got. */
  get unsent(): number {
    const onTheirWay = this.#entries.filter(({ standing, change }) => standing ?? change);
    return onTheirWay.length + this.draft.pictures.all.length;
  }

  /** What was just said by somebody else while the chat is not open; for a moment. */
  get news(): ChatEntry | null {
    return this.#news;
  }

  find({ from, id }: MessageRef): ChatEntry | undefined {
    return this.#byRef.get(`${from}/${id}`);
  }

  say(text: string, to: string | null, replyTo?: MessageRef): void {
    this.#line.say({ kind: 'text', text, ...(replyTo && { replyTo }) }, to);
  }

  edit(entry: ChatEntry, text: string): void {
    this.#change(entry, { kind: 'edit', id: entry.id, text });
  }

  /** Whether `openFiles` has been waited for: somebody has offered a file. */
  get hasFiles(): boolean {
    return this.#files !== null;
  }

  /** The meeting's files, for whoever waited for `openFiles`. Throws before. */
  get files(): SharedFiles {
    if (this.#files === null) throw new Error('Files are used before they are open.');
    return this.#files;
  }

  /** Fetches what it takes to offer files and to get them. Rejects where it cannot be had now; the next call tries again. */
  openFiles(): Promise<SharedFiles> {
    this.#openingFiles ??= this.#openFiles().catch((error: unknown) => {
      this.#openingFiles = null;
      throw error;
    });
    return this.#openingFiles;
  }

  /** Takes one's own message back; of a file, the offer. */
  remove(entry: ChatEntry): void {
    this.#files?.withdraw(entry);
    this.#change(entry, { kind: 'removal', id: entry.id });
  }

  /** Puts the emoji there, or takes one's own away. */
  react(entry: ChatEntry, emoji: Extract<Utterance, { kind: 'reaction' }>['emoji']): void {
    const own = entry.reactions.find((one) => one.emoji === emoji)?.from ?? [];
    const on = !own.includes(this.#selfId());
    this.#change(entry, { kind: 'reaction', target: entry.ref, emoji, on });
  }

  /** Sends again what the server did not take: the message, or the change to it. */
  retry(entry: ChatEntry): void {
    this.#line.retry(entry.change?.id ?? entry.id);
  }

  /** Gives up what the server did not take. */
  discard(entry: ChatEntry): void {
    const id = entry.change?.id ?? entry.id;
    this.#line.discard(id);
    this.#kept.remove(id);
    if (entry.change) {
      entry.showChange(null);
      return;
    }
    this.#files?.withdraw(entry);
    this.#entries = this.#entries.filter((one) => one !== entry);
  }

  /** Somebody looks at the chat from now on, or no longer. */
  show(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (!isOpen) return;
    this.#clearNews();
    this.#markRead();
  }

  close(): void {
    this.#isClosed = true;
    for (const close of this.#closers.splice(0)) close();
    this.#files?.close();
    this.draft.pictures.take();
    this.typing.close();
    this.#clearNews();
  }

  #change(entry: ChatEntry, utterance: Utterance): void {
    // The audience stays what it was (R46): an answer to a private message goes to its other end.
    const to = entry.to === null ? null : entry.isOwn ? entry.to : entry.from;
    this.#line.say(utterance, to);
  }

  /** Whoever closes the page would not know that others never got what still waits here. */
  readonly #ask = (event: BeforeUnloadEvent) => {
    if (this.unsent > 0) event.preventDefault();
  };

  #take(message: ChatEvents['message']): void {
    this.typing.end(message.from);
    const { body, isOwn, from, to, id, seq } = message;
    if (isOwn) this.#kept.remove(id);
    if (body.kind !== 'text' && body.kind !== 'file') {
      this.#takeChange({ ...message, body });
      return;
    }
    const alone = isOwn ? id : to && `>${id}`;
    const known = alone ? this.#byRef.get(alone) : undefined;
    const entry = known ?? new ChatEntry({ ...message, ...matterOf(body) });
    entry.place(message);
    this.#byRef.set(`${from}/${id}`, entry);
    if (alone) this.#byRef.set(alone, entry);
    this.#insert(entry, entry.seq ?? seq);
    for (const change of this.#early.get(`${from}/${id}`) ?? []) entry.take(change);
    this.#early.delete(`${from}/${id}`);
    if (entry.file) this.#seeFile(entry);
    if (this.#isOpen) this.#markRead();
    else if (message.isLive && !isOwn && !known) this.#tell(entry);
  }

  #takeChange(change: ChatChange): void {
    const { from, id } = targetOf(change);
    const target = this.#byRef.get(`${from}/${id}`);
    if (target) target.take(change);
    else if (this.#early.size < MOST_EARLY)
      this.#early.set(`${from}/${id}`, [...(this.#early.get(`${from}/${id}`) ?? []), change]);
  }

  #showOutgoing(outgoing: ChatEvents['outgoing']): void {
    const { id, to, body, standing } = outgoing;
    this.#kept.add(outgoing);
    const from = this.#selfId();
    if (body.kind !== 'text' && body.kind !== 'file') {
      this.find(targetOf({ from, body }))?.showChange({ id, standing });
      return;
    }
    const known = this.#byRef.get(id);
    const { name } = body;
    const entry = known ?? new ChatEntry({ id, from, to, isOwn: true, name, ...matterOf(body) });
    entry.show(standing);
    this.#byRef.set(id, entry);
    if (!known) this.#entries = [...this.#entries, entry];
  }

  async #openFiles(): Promise<SharedFiles> {
    const { SharedFiles } = await import('./shared-files.svelte.ts');
    this.#files = new SharedFiles(this.#ways, this.#line);
    if (this.#isClosed) this.#files.close();
    return this.#files;
  }

  /** What cannot be fetched now is fetched by whoever looks at the message. */
  #seeFile(entry: ChatEntry): void {
    this.openFiles().then(
      (files) => files.see(entry),
      () => undefined,
    );
  }

  #insert(entry: ChatEntry, seq: number): void {
    const others = this.#entries.filter((one) => one !== entry);
    const before = others.findLastIndex((one) => one.seq !== null && one.seq < seq);
    const all = others.toSpliced(before + 1, 0, entry);
    for (const { ref } of all.slice(0, -MOST_ENTRIES)) this.#byRef.delete(`${ref.from}/${ref.id}`);
    this.#entries = all.slice(-MOST_ENTRIES);
  }

  #markRead(): void {
    this.#readUpTo = Math.max(this.#readUpTo, ...this.#entries.map(({ seq }) => seq ?? 0));
    this.#readMark.write(this.#readUpTo);
  }

  #tell(entry: ChatEntry): void {
    this.#clearNews();
    this.#news = entry;
    this.#newsTimer = setTimeout(() => (this.#news = null), NEWS_MS);
    this.#onNews(entry);
  }

  #clearNews(): void {
    clearTimeout(this.#newsTimer);
    this.#news = null;
  }
}

function matterOf(body: Extract<OpenedMessage['body'], { kind: 'text' | 'file' }>) {
  if (body.kind === 'text') return { text: body.text, replyTo: body.replyTo ?? null, file: null };
  return { text: '', replyTo: null, file: body.file };
}

/** An edit and a removal are for one's own messages alone (R45). */
function targetOf({ from, body }: { from: string; body: OpenedMessage['body'] }): MessageRef {
  if (body.kind === 'reaction') return body.target;
  return { from, id: 'id' in body ? body.id : '' };
}
