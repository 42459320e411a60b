import type { Clock } from '../clock.ts';
import { BoardChannel } from './board-channel.ts';
import type { BoardDocument } from './board-document.ts';

/** Its own state is told to one other at most this often (milliseconds). */
const TELL_EVERY_MS = 1_000;
/** What somebody may send: so many bytes at once, and so many a second. A message counts as a thousand at least. */
const MOST_AT_ONCE = 33_554_432;
const PER_SECOND = 1_048_576;
const LEAST = 1_000;

type Bytes = Uint8Array<ArrayBuffer>;
type Position = [x: number, y: number];

export type BoardLinkOptions = {
  document: BoardDocument;
  clock: Clock;
  /** Of two channels that the ends opened at the same time, whether this end's is kept (R95): one may become another participant. */
  keepsOwn: () => boolean;
  /** Opens a channel on the connection that works now; nothing while there is none. */
  openChannel: () => RTCDataChannel | null | undefined;
  /** How long to wait before asking, in milliseconds: whoever has nothing need not get all of it from everybody. */
  patience: () => number;
  onPointer: (at: Position | undefined) => void;
};

/** The board between this page and one other, over one connection after the other. */
export class BoardLink {
  readonly #options: BoardLinkOptions;
  #channel: BoardChannel | null = null;
  #isOwn = false;
  #toldAt = -Infinity;
  #cancelTelling: (() => void) | null = null;
  #allowance = MOST_AT_ONCE;
  #allowedAt: number;
  #isRefused = false;

  constructor(options: BoardLinkOptions) {
    this.#options = options;
    this.#allowedAt = options.clock.now();
  }

  /** Whether the other end was believed no more, because it sent what no board sends (R98). */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** The other end has opened a channel. */
  take(inner: RTCDataChannel): void {
    const staysWithOwn = this.#isOwn && this.#channel?.isAlive && this.#options.keepsOwn();
    if (this.#isRefused || staysWithOwn) {
      inner.close();
      return;
    }
    this.#use(inner, false);
  }

  /** The link works (again): what was missed meanwhile is made up for. */
  refresh(): void {
    if (this.#isRefused) return;
    if (!this.#channel?.isAlive) {
      const inner = this.#options.openChannel();
      if (inner) this.#use(inner, true);
    } else this.tell();
  }

  /** Says what is here, now or soon; the other end answers with what is missing (R97). */
  tell(): void {
    const { clock, document } = this.#options;
    if (!this.#channel?.isOpen || this.#cancelTelling) return;
    const wait = Math.max(this.#toldAt + TELL_EVERY_MS - clock.now(), this.#options.patience());
    if (wait > 0) {
      this.#cancelTelling = clock.after(wait, () => {
        this.#cancelTelling = null;
        this.tell();
      });
      return;
    }
    this.#toldAt = clock.now();
    this.#channel.sendState(document.digest, document.vector);
  }

  send(update: Bytes): void {
    this.#channel?.sendChanges(update);
  }

  point(at: Position | undefined): void {
    this.#channel?.sendPointer(at);
  }

  close(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = null;
    this.#channel?.close();
    this.#channel = null;
  }

  #use(inner: RTCDataChannel, isOwn: boolean): void {
    this.#channel?.close();
    this.#isOwn = isOwn;
    const measured = (bytes: number, action: () => void) => {
      if (this.#channel === channel && this.#allows(bytes)) action();
    };
    const channel = new BoardChannel(inner, {
      onOpen: () => this.#begin(),
      onState: (digest, vector) => measured(vector.length, () => this.#compare(digest, vector)),
      onChanges: (update) => measured(update.length, () => this.#accept(update)),
      onPointer: (at) => measured(0, () => this.#options.onPointer(at)),
      onNonsense: () => this.#refuse(),
    });
    this.#channel = channel;
    if (channel.isOpen) this.#begin();
  }

  /** On a new channel at once, and also whoever was told on the former one. */
  #begin(): void {
    this.#toldAt = -Infinity;
    this.tell();
  }

  #compare(digest: number, vector: Bytes): void {
    const { document } = this.#options;
    if (digest === document.digest) return;
    try {
      this.send(document.missing(vector));
    } catch {
      this.#refuse();
      return;
    }
    this.tell();
  }

  #accept(update: Bytes): void {
    if (this.#options.document.take(update) === 'nonsense') this.#refuse();
  }

  #allows(bytes: number): boolean {
    const now = this.#options.clock.now();
    const gained = ((now - this.#allowedAt) / 1_000) * PER_SECOND;
    this.#allowedAt = now;
    this.#allowance = Math.min(MOST_AT_ONCE, this.#allowance + gained) - Math.max(bytes, LEAST);
    if (this.#allowance < 0) this.#refuse();
    return this.#allowance >= 0;
  }

  #refuse(): void {
    this.#isRefused = true;
    this.close();
    this.#options.onPointer(undefined);
  }
}
