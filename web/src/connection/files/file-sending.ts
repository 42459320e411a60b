import { FILE_PIECE_BYTES } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { FileFrame } from './file-frames.ts';
import type { FileStream } from './file-stream.ts';
import type { FilesChannel } from './files-channel.ts';
import { SendWindow } from './send-window.ts';
import { StreamReader } from './stream-reader.ts';

/** What may wait to be checked and put away at the other end, where the disk may be slower than the way there; of all files that go on. */
const MOST_UNKEPT = 4_194_304;
/** So many files go on at once, which leaves two blocks to each. */
const MOST_AT_ONCE = 8;
/** So many of them may be long: pictures in a chat wait for each other at most. */
const MOST_LONG = 6;
/** What is larger is long; bytes. */
const SMALL_BYTES = 2_000_000;

/** How one file fares at one receiver. `kept` counts the bytes of its stream that have arrived whole. */
export type SendingProgress = { id: string; kept: number; length: number };

export type FileSendingOptions = {
  clock: Clock;
  channel: () => FilesChannel | null;
  /** The file of this name that the link's other end may have; null where there is none. */
  find: (id: string) => FileStream | null;
  onProgress: (progress: SendingProgress) => void;
  /** The other end wants no (more) of it. */
  onStop: (id: string) => void;
  /** The file cannot be read any more. */
  onUnreadable: (id: string) => void;
};

type Transfer = {
  id: string;
  stream: FileStream;
  reader: StreamReader;
  /** Where it was asked to begin. */
  begin: number;
  next: number;
  received: number;
  kept: number;
  /** What was read last, up to the end of a block, and how much of it was sent. */
  ready: Uint8Array<ArrayBuffer>;
  used: number;
  isReading: boolean;
  marks: { end: number; at: number }[];
};

/** Sends files over one connection of a link: in turns where there are several, and no faster than their receiver and the way there take. */
export class FileSending {
  readonly #options: FileSendingOptions;
  readonly #window: SendWindow;
  /** Whose turn it is comes first. */
  #transfers: Transfer[] = [];
  /** For one of those to be through, in the order in which they were asked for. */
  #waiting: Transfer[] = [];

  constructor(options: FileSendingOptions) {
    this.#options = options;
    this.#window = new SendWindow(options.clock);
  }

  /** What whoever receives has to say. */
  take(frame: FileFrame): void {
    if (frame.type === 'want') this.#begin(frame.id, frame.offset);
    else if (frame.type === 'got') this.#advance(frame);
    else if (frame.type === 'stop') {
      this.cancel(frame.id);
      if (this.#options.find(frame.id)) this.#options.onStop(frame.id);
      this.pump();
    }
  }

  /** Sends as much as may be sent now. */
  pump(): void {
    const channel = this.#options.channel();
    while (channel?.isOpen && !channel.isFull && this.#underWay < this.#window.bytes) {
      const transfer = this.#transfers.find((one) => this.#mayGoOn(one) && hasMore(one));
      if (!transfer) break;
      const bytes = transfer.ready.subarray(transfer.used, transfer.used + FILE_PIECE_BYTES);
      channel.send({ type: 'piece', id: transfer.id, offset: transfer.next, bytes });
      transfer.used += bytes.length;
      transfer.next += bytes.length;
      transfer.marks.push({ end: transfer.next, at: this.#options.clock.now() });
      if (this.#transfers.length > 1)
        this.#transfers = [...this.#transfers.filter((one) => one !== transfer), transfer];
    }
    for (const transfer of this.#transfers)
      if (this.#mayGoOn(transfer) && !hasMore(transfer)) this.#read(transfer);
  }

  /** Sends no more of it; whoever receives is not told. */
  cancel(id: string): void {
    const others = (one: Transfer) => one.id !== id;
    const waiting = this.#waiting.filter(others);
    this.#transfers.find((one) => one.id === id)?.reader.close();
    this.#transfers = this.#transfers.filter(others);
    this.#waiting = [];
    for (const one of waiting) this.#enter(one);
  }

  /** Sends nothing more; answers with the names of the files that were not through. */
  close(): string[] {
    for (const { reader } of this.#transfers) reader.close();
    const cut = [...this.#transfers, ...this.#waiting].map(({ id }) => id);
    this.#transfers = this.#waiting = [];
    return cut;
  }

  get #underWay(): number {
    return this.#transfers.reduce((sum, { next, received }) => sum + next - received, 0);
  }

  #mayGoOn({ next, kept, stream }: Transfer): boolean {
    return next < stream.length && next - kept < MOST_UNKEPT / this.#transfers.length;
  }

  /** Lets it go on, or wait. */
  #enter(transfer: Transfer): void {
    const long = this.#transfers.filter(isLong).length;
    const hasRoom =
      this.#transfers.length < MOST_AT_ONCE && (!isLong(transfer) || long < MOST_LONG);
    (hasRoom ? this.#transfers : this.#waiting).push(transfer);
  }

  #begin(id: string, offset: number): void {
    const stream = this.#options.find(id);
    if (!stream || offset > stream.length) {
      this.#options.channel()?.send({ type: 'gone', id });
      return;
    }
    const present = [...this.#transfers, ...this.#waiting].find((one) => one.id === id);
    // Asked again because nothing had arrived yet: another may have ended since without a word, and this one have its place.
    if (present?.begin === offset) {
      this.pump();
      return;
    }
    this.cancel(id);
    this.#enter({
      ...{
        id,
        stream,
        reader: new StreamReader(stream),
        begin: offset,
        next: offset,
        received: offset,
        kept: offset,
      },
      ...{ ready: new Uint8Array(), used: 0, isReading: false, marks: [] },
    });
    this.#options.onProgress({ id, kept: offset, length: stream.length });
    this.pump();
  }

  #advance({ id, received, kept }: Extract<FileFrame, { type: 'got' }>): void {
    const transfer = this.#transfers.find((one) => one.id === id);
    // Nobody has what was not sent, nor less than before.
    if (!transfer || received > transfer.next || received < transfer.received) return;
    const sentAt = leftAt(transfer, received);
    if (sentAt !== null)
      this.#window.arrived(received - transfer.received, this.#options.clock.now() - sentAt);
    transfer.received = received;
    const isFurther = kept > transfer.kept && kept <= received;
    if (isFurther) {
      transfer.kept = kept;
      this.#options.onProgress({ id, kept, length: transfer.stream.length });
      if (kept === transfer.stream.length) this.cancel(id);
    }
    this.pump();
  }

  #read(transfer: Transfer): void {
    if (transfer.isReading) return;
    transfer.isReading = true;
    transfer.reader
      .read(transfer.next)
      .then(
        (bytes) => {
          transfer.ready = bytes;
          transfer.used = 0;
        },
        () => {
          // One that is closed meanwhile reads no further.
          if (!this.#transfers.includes(transfer)) return;
          this.cancel(transfer.id);
          this.#options.channel()?.send({ type: 'gone', id: transfer.id });
          this.#options.onUnreadable(transfer.id);
        },
      )
      .finally(() => {
        transfer.isReading = false;
        if (this.#transfers.includes(transfer)) this.pump();
      });
  }
}

const hasMore = ({ ready, used }: Transfer): boolean => used < ready.length;
const isLong = ({ stream }: Transfer): boolean => stream.file.size > SMALL_BYTES;

/** When the last piece before `received` was sent; forgets all of them. */
function leftAt({ marks }: Transfer, received: number): number | null {
  let sentAt: number | null = null;
  for (let [first] = marks; first && first.end <= received; [first] = marks) {
    sentAt = first.at;
    marks.shift();
  }
  return sentAt;
}
