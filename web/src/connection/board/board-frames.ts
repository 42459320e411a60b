/** A piece's longest body in bytes; longer messages would hold up the link's other channels. */
export const BOARD_PIECE_BYTES = 16_384;

type Bytes = Uint8Array<ArrayBuffer>;

/** One message on a link's `board` channel (R95). */
export type BoardFrame =
  /** What the sender has: a digest of all of it, and Yjs's state vector. */
  | { type: 'state'; digest: number; vector: Bytes }
  /** Part of an update of the document; `isLast` ends it. */
  | { type: 'changes'; isLast: boolean; bytes: Bytes }
  /** Where the sender points, in the board's units; nowhere if absent. */
  | { type: 'pointer'; at?: [x: number, y: number] };

const STATE = 1;
const CHANGES = 2;
const LAST_CHANGES = 3;
const POINTER = 4;

/** The bytes of a frame. */
export function encodeFrame(frame: BoardFrame): Bytes {
  if (frame.type === 'state') {
    const bytes = new Uint8Array(5 + frame.vector.length);
    bytes[0] = STATE;
    new DataView(bytes.buffer).setUint32(1, frame.digest);
    bytes.set(frame.vector, 5);
    return bytes;
  }
  if (frame.type === 'changes') {
    const bytes = new Uint8Array(1 + frame.bytes.length);
    bytes[0] = frame.isLast ? LAST_CHANGES : CHANGES;
    bytes.set(frame.bytes, 1);
    return bytes;
  }
  const bytes = new Uint8Array(frame.at ? 9 : 1);
  bytes[0] = POINTER;
  const view = new DataView(bytes.buffer);
  frame.at?.forEach((value, index) => view.setFloat32(1 + 4 * index, value));
  return bytes;
}

/** The frame that `data` is, or null: whoever sent it is believed nothing. */
export function decodeFrame(data: unknown): BoardFrame | null {
  if (!(data instanceof ArrayBuffer) || data.byteLength === 0) return null;
  const view = new DataView(data);
  const type = view.getUint8(0);
  if (data.byteLength > 5 + BOARD_PIECE_BYTES) return null;
  if (type === STATE && data.byteLength > 5)
    return { type: 'state', digest: view.getUint32(1), vector: new Uint8Array(data, 5) };
  if (type === CHANGES || type === LAST_CHANGES)
    return { type: 'changes', isLast: type === LAST_CHANGES, bytes: new Uint8Array(data, 1) };
  if (type !== POINTER) return null;
  if (data.byteLength === 1) return { type: 'pointer' };
  if (data.byteLength !== 9) return null;
  const at: [number, number] = [view.getFloat32(1), view.getFloat32(5)];
  return at.every(Number.isFinite) ? { type: 'pointer', at } : null;
}
