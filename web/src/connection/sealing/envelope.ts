import { ID_BYTES, PROTOCOL_VERSION } from '@confab/protocol';
import { bytesOf, fromBase64url, toBase64url } from './base64url.ts';
import { RefusedSeal } from './refused-seal.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** One page load of one participant: where sealed bytes come from, or go to. */
export type Address = { participantId: string; incarnation: string };

/** What an envelope must say about itself. What is for everybody has no `to`; a message is for all page loads of one participant. */
export type Route = {
  meetingId: string;
  purpose: 'hello' | 'signal' | 'message' | 'reaction';
  from: Address;
  to: { participantId: string; incarnation?: string } | null;
  /** Of a message: what it is called (R42). */
  messageId?: string;
};

const PURPOSES = { hello: 1, signal: 2, message: 4, reaction: 5 };
const SENDER = 2;
const ADDRESSEE = SENDER + ID_BYTES;
const COUNTER = ADDRESSEE + ID_BYTES;
const HEADER = COUNTER + 8;
const NOBODY = new Uint8Array(ID_BYTES);

/** Seals a frame under `key` (R16). A `counter` must never be used twice with one key (R17). */
export async function sealEnvelope(
  key: CryptoKey,
  route: Route,
  counter: number,
  framed: Bytes,
): Promise<string> {
  const header = headerOf(route, counter);
  const sealed = await crypto.subtle.encrypt(parameters(header, route), key, framed);
  return toBase64url(concat(header, new Uint8Array(sealed)));
}

/** The frame in `sealed`, if it came on exactly this route; throws a RefusedSeal otherwise. */
export async function openEnvelope(
  key: CryptoKey,
  route: Route,
  sealed: string,
): Promise<{ counter: number; framed: Bytes }> {
  const bytes = fromBase64url(sealed);
  if (bytes === null || bytes.length < HEADER) throw new RefusedSeal('altered', 'no envelope');
  const counter = Number(new DataView(bytes.buffer).getBigUint64(COUNTER));
  if (counter < 1 || !Number.isSafeInteger(counter)) {
    throw new RefusedSeal('altered', 'impossible counter');
  }
  const header = headerOf(route, counter);
  if (!same(bytes, header, 0, SENDER)) throw new RefusedSeal('altered', 'another purpose');
  if (!same(bytes, header, SENDER, COUNTER)) throw new RefusedSeal('stale', 'another page load');
  try {
    const opened = await crypto.subtle.decrypt(
      parameters(header, route),
      key,
      bytes.subarray(HEADER),
    );
    return { counter, framed: new Uint8Array(opened) };
  } catch {
    throw new RefusedSeal('altered', 'does not open');
  }
}

/** Whom an envelope claims to come from, unproven; null if it is too short to say. */
export function claimedIncarnation(sealed: string): string | null {
  const bytes = fromBase64url(sealed);
  return bytes && bytes.length >= HEADER ? toBase64url(bytes.subarray(SENDER, ADDRESSEE)) : null;
}

function headerOf({ purpose, from, to }: Route, counter: number): Bytes {
  const header = new Uint8Array(HEADER);
  header.set([PROTOCOL_VERSION, PURPOSES[purpose]]);
  header.set(bytesOf(from.incarnation, ID_BYTES), SENDER);
  header.set(to?.incarnation ? bytesOf(to.incarnation, ID_BYTES) : NOBODY, ADDRESSEE);
  new DataView(header.buffer).setBigUint64(COUNTER, BigInt(counter));
  return header;
}

function parameters(header: Bytes, { meetingId, from, to, messageId }: Route): AesGcmParams {
  return {
    name: 'AES-GCM',
    iv: concat(new Uint8Array(4), header.subarray(COUNTER)),
    additionalData: concat(
      header,
      bytesOf(meetingId, ID_BYTES),
      bytesOf(from.participantId, ID_BYTES),
      to ? bytesOf(to.participantId, ID_BYTES) : NOBODY,
      messageId === undefined ? new Uint8Array() : bytesOf(messageId, ID_BYTES),
    ),
  };
}

function same(bytes: Bytes, header: Bytes, start: number, end: number): boolean {
  return header.subarray(start, end).every((byte, index) => byte === bytes[start + index]);
}

function concat(...parts: Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
