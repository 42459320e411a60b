import { DoorNote, ID_BYTES } from '@confab/protocol';
import { bytesOf, fromBase64url, toBase64url } from './base64url.ts';
import { frame, unframe } from './frame.ts';
import { rootOf } from './keys.ts';
import { RefusedSeal } from './refused-seal.ts';

const NONCE = 12;
/** Version and purpose. */
const HEAD = new Uint8Array([1, 6]);

/** The link and the participant whom the note is for; ids in base64url. */
type NoteRoute = { secret: string; meetingId: string; to: string };

/** Seals what a host says to somebody who waits, for whoever holds the link (R72). */
export async function sealNote(route: NoteRoute, note: DoorNote): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const framed = await frame(new TextEncoder().encode(JSON.stringify(note)), false);
  const sealed = await crypto.subtle.encrypt(...(await sealOf(route, nonce)), framed);
  return toBase64url(joined(HEAD, nonce, new Uint8Array(sealed)));
}

/** Throws a RefusedSeal for anything that {@link sealNote} would not have made for this route. */
export async function openNote(route: NoteRoute, sealed: string): Promise<DoorNote> {
  const bytes = fromBase64url(sealed);
  if (bytes === null || bytes[0] !== HEAD[0] || bytes[1] !== HEAD[1]) throw altered();
  const nonce = bytes.slice(HEAD.length, HEAD.length + NONCE);
  try {
    const content = bytes.slice(HEAD.length + NONCE);
    const framed = await crypto.subtle.decrypt(...(await sealOf(route, nonce)), content);
    const body = await unframe(new Uint8Array(framed));
    return DoorNote.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch (error) {
    throw error instanceof RefusedSeal ? error : altered();
  }
}

async function sealOf(
  { secret, meetingId, to }: NoteRoute,
  iv: Uint8Array<ArrayBuffer>,
): Promise<[AesGcmParams, CryptoKey]> {
  const additionalData = joined(HEAD, bytesOf(meetingId, ID_BYTES), bytesOf(to, ID_BYTES));
  return [{ name: 'AES-GCM', iv, additionalData }, await nameKey(secret, meetingId)];
}

/** R14. */
async function nameKey(secret: string, meetingId: string): Promise<CryptoKey> {
  const [material, salt] = await rootOf(secret, meetingId);
  const info = new TextEncoder().encode('confab/1/name');
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function altered(): RefusedSeal {
  return new RefusedSeal('altered', 'not a note');
}
