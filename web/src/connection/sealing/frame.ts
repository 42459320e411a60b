import { RefusedSeal } from './refused-seal.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const HEAD = 5;
const BLOCK = 256;
const PLAIN = 0;
const DEFLATED = 1;
const MOST_INFLATED = 131_072;

/** What is sealed: the body, deflated if asked, and padded so that its exact length stays hidden (R18). */
export async function frame(body: Bytes, deflate: boolean): Promise<Bytes> {
  const content = deflate
    ? await readAll(through(body, new CompressionStream('deflate-raw')))
    : body;
  const framed = new Uint8Array(paddedLength(content.length));
  const head = new DataView(framed.buffer);
  head.setUint8(0, deflate ? DEFLATED : PLAIN);
  head.setUint32(1, content.length);
  framed.set(content, HEAD);
  return framed;
}

/** The body of a frame. Throws a RefusedSeal for anything that {@link frame} would not have written. */
export async function unframe(framed: Bytes): Promise<Bytes> {
  if (framed.length < HEAD) throw unfit('too short for a frame');
  const head = new DataView(framed.buffer, framed.byteOffset, framed.byteLength);
  const flag = head.getUint8(0);
  const length = head.getUint32(1);
  if (framed.length !== paddedLength(length)) throw unfit('length and padding disagree');
  if (framed.subarray(HEAD + length).some((byte) => byte !== 0)) throw unfit('padding is not zero');
  const content = framed.subarray(HEAD, HEAD + length);
  if (flag === PLAIN) return content;
  if (flag === DEFLATED) return inflate(content);
  throw unfit('unknown flag');
}

function paddedLength(length: number): number {
  return Math.ceil((HEAD + length) / BLOCK) * BLOCK;
}

async function inflate(content: Bytes): Promise<Bytes> {
  try {
    return await readAll(through(content, new DecompressionStream('deflate-raw')), MOST_INFLATED);
  } catch (error) {
    throw error instanceof RefusedSeal ? error : unfit('does not inflate');
  }
}

/** Written by hand: a Blob's stream would take the bytes through another process, which costs more than all the rest. */
function through(bytes: Bytes, { writable, readable }: CompressionStream | DecompressionStream) {
  const writer = writable.getWriter();
  // What goes wrong is told to whoever reads.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  return readable;
}

async function readAll(stream: ReadableStream<Bytes>, most = Infinity): Promise<Bytes> {
  const reader = stream.getReader();
  const chunks: Bytes[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > most) {
      // Cancelling stops a small bomb from being inflated to its end.
      await reader.cancel();
      throw unfit('inflates to too much');
    }
    chunks.push(next.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function unfit(reason: string): RefusedSeal {
  return new RefusedSeal('altered', reason);
}
