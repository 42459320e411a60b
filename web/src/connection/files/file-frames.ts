import { FILE_PIECE_BYTES, ID_BYTES } from '@confab/protocol';
import { KnownIds } from './known-ids.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** One message on a link's `files` channel (R86). Offsets count the bytes of the file's stream (R85); `id` is its offer's. */
export type FileFrame =
  /** From whoever wants the file: send it from `offset` on. */
  | { type: 'want'; id: string; offset: number }
  | { type: 'piece'; id: string; offset: number; bytes: Bytes }
  /** How far it has arrived, and how far it has been checked and put away. */
  | { type: 'got'; id: string; received: number; kept: number }
  /** No more of it. */
  | { type: 'stop'; id: string }
  /** From whoever was asked: there is no such file, or not any more. */
  | { type: 'gone'; id: string };

const TYPES = { want: 1, piece: 2, got: 3, stop: 4, gone: 5 };
const OFFSET = 1 + ID_BYTES;
const BODY = OFFSET + 8;
const ids = new KnownIds();

/** The longest frame. */
const MOST_FRAME_BYTES = BODY + FILE_PIECE_BYTES;

/** Where frames are written, one after the other: views of it would be garbage for each of thousands a second. */
export class FrameMemory {
  readonly bytes: Bytes;
  readonly view: DataView;

  constructor(length = MOST_FRAME_BYTES) {
    this.bytes = new Uint8Array(length);
    this.view = new DataView(this.bytes.buffer);
  }
}

/** The bytes of a frame; in `memory`, where some is lent. */
export function encodeFrame(
  frame: FileFrame,
  memory = new FrameMemory(OFFSET + bodyLength(frame)),
): Bytes {
  const { bytes, view } = memory;
  const length = OFFSET + bodyLength(frame);
  bytes[0] = TYPES[frame.type];
  bytes.set(ids.bytesOf(frame.id), 1);
  if (frame.type === 'want' || frame.type === 'piece') write(view, OFFSET, frame.offset);
  if (frame.type === 'piece') bytes.set(frame.bytes, BODY);
  if (frame.type === 'got') {
    write(view, OFFSET, frame.received);
    write(view, BODY, frame.kept);
  }
  return length === bytes.length ? bytes : bytes.subarray(0, length);
}

/** The frame that `data` is, or null: whoever sent it is believed nothing. */
export function decodeFrame(data: unknown): FileFrame | null {
  if (!(data instanceof ArrayBuffer) || data.byteLength < OFFSET) return null;
  const view = new DataView(data);
  const type = view.getUint8(0);
  const id = ids.textOf(new Uint8Array(data, 1, ID_BYTES));
  const body = data.byteLength - OFFSET;
  if (type === TYPES.want && body === 8) {
    const offset = read(view, OFFSET);
    return offset === null ? null : { type: 'want', id, offset };
  }
  if (type === TYPES.piece && body > 8 && body <= 8 + FILE_PIECE_BYTES) {
    const offset = read(view, OFFSET);
    return offset === null
      ? null
      : { type: 'piece', id, offset, bytes: new Uint8Array(data, BODY) };
  }
  if (type === TYPES.got && body === 16) {
    const [received, kept] = [read(view, OFFSET), read(view, BODY)];
    return received === null || kept === null ? null : { type: 'got', id, received, kept };
  }
  if (type === TYPES.stop && body === 0) return { type: 'stop', id };
  if (type === TYPES.gone && body === 0) return { type: 'gone', id };
  return null;
}

const HALF = 2 ** 32;

function write(view: DataView, at: number, value: number): void {
  view.setUint32(at, Math.floor(value / HALF));
  view.setUint32(at + 4, value % HALF);
}

/** Null for more than any file has. */
function read(view: DataView, at: number): number | null {
  const value = view.getUint32(at) * HALF + view.getUint32(at + 4);
  return Number.isSafeInteger(value) ? value : null;
}

function bodyLength(frame: FileFrame): number {
  if (frame.type === 'want') return 8;
  if (frame.type === 'piece') return 8 + frame.bytes.length;
  return frame.type === 'got' ? 16 : 0;
}
