import { BOARD_PIECE_BYTES, type BoardFrame, decodeFrame, encodeFrame } from './board-frames.ts';
import { MOST_BOARD_BYTES } from './board-limits.ts';

const LITTLE_BUFFERED = 16_384;
const MOST_BUFFERED = 65_536;

type Bytes = Uint8Array<ArrayBuffer>;

export type BoardChannelListener = {
  onOpen(): void;
  onState(digest: number, vector: Bytes): void;
  /** A whole update, unchecked. */
  onChanges(update: Bytes): void;
  onPointer(at: [x: number, y: number] | undefined): void;
  /** The other end says what no board says. */
  onNonsense(): void;
};

/** A link's `board` channel (R95): long messages in pieces, never more of them in the browser's hands than leaves room for the call. */
export class BoardChannel {
  /** The browser's own, by which one connection's is told from another's. */
  readonly inner: RTCDataChannel;
  readonly #waiting: Bytes[] = [];
  #arrived: Bytes[] = [];
  #arrivedBytes = 0;

  constructor(inner: RTCDataChannel, listener: BoardChannelListener) {
    this.inner = inner;
    inner.binaryType = 'arraybuffer';
    inner.bufferedAmountLowThreshold = LITTLE_BUFFERED;
    inner.onopen = () => listener.onOpen();
    inner.onbufferedamountlow = () => this.#pump();
    inner.onmessage = ({ data }: MessageEvent<unknown>) => {
      const frame = decodeFrame(data);
      if (frame === null) listener.onNonsense();
      else if (frame.type === 'state') listener.onState(frame.digest, frame.vector);
      else if (frame.type === 'pointer') listener.onPointer(frame.at);
      else this.#gather(frame.bytes, frame.isLast, listener);
    };
  }

  get isOpen(): boolean {
    return this.inner.readyState === 'open';
  }

  /** Whether it is open, or may yet be. */
  get isAlive(): boolean {
    return this.isOpen || this.inner.readyState === 'connecting';
  }

  sendState(digest: number, vector: Bytes): void {
    this.#send({ type: 'state', digest, vector });
  }

  sendChanges(update: Bytes): void {
    for (let at = 0; at < update.length; at += BOARD_PIECE_BYTES) {
      const end = at + BOARD_PIECE_BYTES;
      const bytes = update.subarray(at, end);
      this.#send({ type: 'changes', isLast: end >= update.length, bytes });
    }
  }

  /** Only where nothing else waits: the next one says the same better. */
  sendPointer(at: [x: number, y: number] | undefined): void {
    if (this.#waiting.length > 0 || this.inner.bufferedAmount > 0) return;
    this.#send(at ? { type: 'pointer', at } : { type: 'pointer' });
  }

  close(): void {
    this.inner.onopen = this.inner.onmessage = this.inner.onbufferedamountlow = null;
    this.#waiting.length = 0;
    this.inner.close();
  }

  #send(frame: BoardFrame): void {
    if (!this.isOpen) return;
    this.#waiting.push(encodeFrame(frame));
    this.#pump();
  }

  #pump(): void {
    while (this.isOpen && this.inner.bufferedAmount <= MOST_BUFFERED) {
      const bytes = this.#waiting.shift();
      if (!bytes) return;
      this.inner.send(bytes);
    }
  }

  #gather(piece: Bytes, isLast: boolean, listener: BoardChannelListener): void {
    this.#arrived.push(piece);
    this.#arrivedBytes += piece.length;
    if (this.#arrivedBytes > MOST_BOARD_BYTES) listener.onNonsense();
    else if (isLast) {
      const update = new Uint8Array(this.#arrivedBytes);
      let at = 0;
      for (const one of this.#arrived) {
        update.set(one, at);
        at += one.length;
      }
      this.#forget();
      listener.onChanges(update);
    }
    if (this.#arrivedBytes > MOST_BOARD_BYTES) this.#forget();
  }

  #forget(): void {
    this.#arrived = [];
    this.#arrivedBytes = 0;
  }
}
