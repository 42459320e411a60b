import { createCipheriv, createDecipheriv } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { senderKeyOf } from './link-keys.ts';

const HEADER = 42;
const TAG = 16;
const BLOCK = 256;
const NOBODY = Buffer.alloc(16);

/** Where sealed bytes come from and go to; `to` is null in a hello. Ids are base64url text. */
export type Route = { secret: string; meetingId: string; from: string; to: string | null };

/** An envelope opened. `header` is its first 42 bytes as they came. */
export type Opened = { header: Buffer; deflated: boolean; text: string };

/**
 * Opens a sealed hello or signal by protocol/README.md R13, R16 and R18 alone: nothing here comes from the app, so these tests also prove that
 * page sufficient. Throws when it does not open.
 */
export function open(route: Route, sealed: string): Opened {
  const bytes = Buffer.from(sealed, 'base64url');
  const header = bytes.subarray(0, HEADER);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(route, header), nonceIn(header));
  decipher.setAAD(additionalData(route, header));
  decipher.setAuthTag(bytes.subarray(-TAG));
  const framed = Buffer.concat([decipher.update(bytes.subarray(HEADER, -TAG)), decipher.final()]);
  const deflated = framed[0] === 1;
  const content = framed.subarray(5, 5 + framed.readUInt32BE(1));
  return { header, deflated, text: (deflated ? inflateRawSync(content) : content).toString() };
}

/** Seals another text in the place of an opened one: same sender, addressee and counter. Only who knows the secret can do this. */
export function sealAgain(
  route: Route,
  { header, deflated }: Omit<Opened, 'text'>,
  text: string,
): string {
  const cipher = createCipheriv('aes-256-gcm', keyFor(route, header), nonceIn(header));
  cipher.setAAD(additionalData(route, header));
  const sealed = [cipher.update(frame(text, deflated)), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([header, ...sealed]).toString('base64url');
}

function frame(text: string, deflated: boolean): Buffer {
  const content = deflated ? deflateRawSync(text) : Buffer.from(text);
  const framed = Buffer.alloc(Math.ceil((5 + content.length) / BLOCK) * BLOCK);
  framed[0] = deflated ? 1 : 0;
  framed.writeUInt32BE(content.length, 1);
  content.copy(framed, 5);
  return framed;
}

function keyFor({ secret, meetingId, from }: Route, header: Buffer): Buffer {
  return senderKeyOf(secret, meetingId, from, header.subarray(2, 18).toString('base64url'));
}

function nonceIn(header: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(4), header.subarray(34, HEADER)]);
}

function additionalData({ meetingId, from, to }: Route, header: Buffer): Buffer {
  return Buffer.concat([header, bytesOf(meetingId), bytesOf(from), to ? bytesOf(to) : NOBODY]);
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id, 'base64url');
}
