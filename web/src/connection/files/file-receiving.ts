import { FILE_BLOCK_BYTES, type FileOffer } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { bytesOf } from '../sealing/base64url.ts';
import type { FileFrame } from './file-frames.ts';
import type { FileStore, KeptFile } from './file-store.ts';
import { DIGEST_BYTES, digestAt, isSame, listLength, sha256 } from './file-stream.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Why a file did not come: its owner has it no more, it is not what was offered, or it could not be put away (or not for want of room). */
export type FileFailure = 'gone' | 'altered' | 'unwritable' | 'full';

export type FileReceivingOptions = {
  id: string;
  offer: FileOffer;
  store: FileStore;
  clock: Clock;
  send: (frame: FileFrame) => void;
  /** So many bytes of the file are checked and put away. */
  onProgress: (bytes: number) => void;
  onDone: (file: KeptFile) => void;
  onFailed: (failure: FileFailure) => void;
};

/** More than its sender may leave waiting (R87): whoever sends more keeps to nothing. */
const MOST_WAITING = 8_388_608;
const ASK_AGAIN_MS = 2_000;
/** So many pieces are answered at once, which makes a quarter of the garbage at the other end, and none waits longer for others (R87). */
const ANSWERED_AT_ONCE = 4;
const ANSWER_AFTER_MS = 10;

/** Receives one file, over however many connections it takes. */
export class FileReceiving {
  readonly #options: FileReceivingOptions;
  readonly #list: Bytes;
  readonly #length: number;
  #received = 0;
  #kept: number;
  #block: Bytes;
  #filled = 0;
  /** Pieces since the last `got`. */
  #unanswered = 0;
  #answersSoon = false;
  /** Memory of blocks that are put away, for others: a browser collects no garbage before there is much. */
  readonly #spare: ArrayBuffer[] = [];
  #work: Promise<void> = Promise.resolve();
  #isOver = false;
  #cancelAsking: () => void = () => undefined;

  constructor(options: FileReceivingOptions) {
    this.#options = options;
    const { size } = options.offer;
    this.#list = new Uint8Array(listLength(size));
    this.#length = this.#list.length + size;
    this.#kept = 0;
    this.#block = this.#nextBlock(0);
  }

  /** Asks for what is missing, over a connection that has just begun to work. */
  ask(): void {
    this.#cancelAsking();
    if (this.#isOver) return;
    const { id, clock, send } = this.#options;
    if (this.#length === 0) this.#finishSoon();
    else if (this.#received < this.#length) {
      send({ type: 'want', id, offset: this.#received });
      // The other end may notice later that the connection works.
      this.#cancelAsking = clock.after(ASK_AGAIN_MS, () => this.ask());
    }
  }

  take(frame: FileFrame): void {
    if (this.#isOver) return;
    if (frame.type === 'gone') this.#fail('gone');
    // What was sent before it was asked for anew comes too late, and a second time.
    else if (frame.type === 'piece' && frame.offset === this.#received) this.#add(frame.bytes);
  }

  /** Gives it up, and what has come of it. */
  cancel(): void {
    if (this.#isOver) return;
    this.#options.send({ type: 'stop', id: this.#options.id });
    this.#end();
  }

  #add(bytes: Bytes): void {
    this.#cancelAsking();
    if (this.#received + bytes.length > this.#length) {
      this.#fail('altered');
      return;
    }
    let rest = bytes;
    const forList = this.#list.length - this.#received;
    if (forList > 0) {
      this.#list.set(rest.subarray(0, forList), this.#received);
      rest = rest.subarray(forList);
      if (forList <= bytes.length) this.#then(() => this.#checkList());
    }
    this.#received += bytes.length;
    if (this.#received <= this.#list.length) this.#kept = this.#received;
    this.#fill(rest);
    if (this.#received - this.#kept > MOST_WAITING) this.#fail('altered');
    else this.#answerSoon();
  }

  #answerSoon(): void {
    this.#unanswered += 1;
    if (this.#unanswered >= ANSWERED_AT_ONCE) this.#answer();
    else if (!this.#answersSoon) {
      this.#answersSoon = true;
      this.#options.clock.after(ANSWER_AFTER_MS, () => {
        this.#answersSoon = false;
        if (this.#unanswered > 0 && !this.#isOver) this.#answer();
      });
    }
  }

  #answer(): void {
    this.#unanswered = 0;
    const { id, send } = this.#options;
    send({ type: 'got', id, received: this.#received, kept: this.#kept });
  }

  #fill(bytes: Bytes): void {
    let rest = bytes;
    while (rest.length > 0) {
      const some = rest.subarray(0, this.#block.length - this.#filled);
      this.#block.set(some, this.#filled);
      this.#filled += some.length;
      rest = rest.subarray(some.length);
      if (this.#filled < this.#block.length) return;
      const block = this.#block;
      const end = this.#received - rest.length;
      this.#block = this.#nextBlock(end - this.#list.length);
      this.#filled = 0;
      this.#then(() => this.#keep(block, end));
    }
  }

  #nextBlock(at: number): Bytes {
    const length = Math.min(FILE_BLOCK_BYTES, this.#options.offer.size - at);
    const spare = this.#spare.pop();
    return spare ? new Uint8Array(spare, 0, length) : new Uint8Array(length);
  }

  async #checkList(): Promise<void> {
    const promised = bytesOf(this.#options.offer.digest, DIGEST_BYTES);
    if (!isSame(await sha256(this.#list), promised)) this.#fail('altered');
  }

  async #keep(block: Bytes, end: number): Promise<void> {
    const at = end - this.#list.length - block.length;
    const digest = digestAt(this.#list, at / FILE_BLOCK_BYTES);
    if (!isSame(await sha256(block), digest)) this.#fail('altered');
    if (this.#isOver) return;
    const spare = await this.#options.store.write(block);
    if (spare) this.#spare.push(spare);
    this.#kept = end;
    await this.#tell(end);
  }

  async #tell(end: number): Promise<void> {
    if (this.#isOver) return;
    this.#options.onProgress(end - this.#list.length);
    if (end === this.#length) await this.#finish();
    // Only when it is safe: this is what the other end shows as arrived.
    this.#answer();
  }

  async #finish(): Promise<void> {
    const file = await this.#options.store.finish();
    if (this.#isOver) return;
    this.#isOver = true;
    this.#options.onDone(file);
  }

  #finishSoon(): void {
    this.#then(async () => {
      await this.#checkList();
      if (!this.#isOver) await this.#finish();
    });
  }

  /** One after the other: blocks are put away in their order. */
  #then(step: () => Promise<void>): void {
    this.#work = this.#work
      .then(() => (this.#isOver ? undefined : step()))
      .catch((error: unknown) => {
        const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
        this.#fail(isFull ? 'full' : 'unwritable');
      });
  }

  #fail(failure: FileFailure): void {
    if (this.#isOver) return;
    if (failure !== 'gone') this.#options.send({ type: 'stop', id: this.#options.id });
    this.#end();
    this.#options.onFailed(failure);
  }

  #end(): void {
    this.#isOver = true;
    this.#cancelAsking();
    // What cannot be removed now is found by whoever comes next.
    this.#work.then(() => this.#options.store.discard()).catch(() => undefined);
  }
}
