import { FILE_PIECE_BYTES, ID_BYTES } from '@confab/protocol';
import { bytesOf, toBase64url } from '../sealing/base64url.ts';

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

/** The bytes of a frame. */
export function encodeFrame(frame: FileFrame): Bytes {
  const bytes = new Uint8Array(OFFSET + bodyLength(frame));
  bytes[0] = TYPES[frame.type];
  bytes.set(bytesOf(frame.id, ID_BYTES), 1);
  const view = new DataView(bytes.buffer);
  if (frame.type === 'want' || frame.type === 'piece')
    view.setBigUint64(OFFSET, BigInt(frame.offset));
  if (frame.type === 'piece') bytes.set(frame.bytes, BODY);
  if (frame.type === 'got') {
    view.setBigUint64(OFFSET, BigInt(frame.received));
    view.setBigUint64(BODY, BigInt(frame.kept));
  }
  return bytes;
}

/** The frame that `data` is, or null: whoever sent it is believed nothing. */
export function decodeFrame(data: unknown): FileFrame | null {
  if (!(data instanceof ArrayBuffer) || data.byteLength < OFFSET) return null;
  const view = new DataView(data);
  const type = view.getUint8(0);
  const id = toBase64url(new Uint8Array(data, 1, ID_BYTES));
  const body = data.byteLength - OFFSET;
  const number = (at: number) => Number(view.getBigUint64(at));
  if (type === TYPES.want && body === 8) return safe({ type: 'want', id, offset: number(OFFSET) });
  if (type === TYPES.piece && body > 8 && body <= 8 + FILE_PIECE_BYTES)
    return safe({ type: 'piece', id, offset: number(OFFSET), bytes: new Uint8Array(data, BODY) });
  if (type === TYPES.got && body === 16)
    return safe({ type: 'got', id, received: number(OFFSET), kept: number(BODY) });
  if (type === TYPES.stop && body === 0) return { type: 'stop', id };
  if (type === TYPES.gone && body === 0) return { type: 'gone', id };
  return null;
}

function bodyLength(frame: FileFrame): number {
  if (frame.type === 'want') return 8;
  if (frame.type === 'piece') return 8 + frame.bytes.length;
  return frame.type === 'got' ? 16 : 0;
}

function safe<Frame extends FileFrame>(frame: Frame): Frame | null {
  const numbers = Object.values(frame).filter((value) => typeof value === 'number');
  return numbers.every((value) => Number.isSafeInteger(value)) ? frame : null;
}
