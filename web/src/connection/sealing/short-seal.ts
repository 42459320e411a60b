import { ID_BYTES } from '@confab/protocol';
import { bytesOf, fromBase64url, toBase64url } from './base64url.ts';
import { frame, unframe } from './frame.ts';
import { rootOf } from './keys.ts';
import { RefusedSeal } from './refused-seal.ts';

const NONCE = 12;
const VERSION = 1;

/** What is sealed for whoever holds the link, and under which purpose; `to` where it is for one participant. Ids in base64url. */
export type ShortRoute = { secret: string; meetingId: string; purpose: number; to?: string };

/** Seals a short text outside of any participant's counter (R14). */
export async function sealShort(route: ShortRoute, text: string): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE));
  const framed = await frame(new TextEncoder().encode(text), false);
  const sealed = await crypto.subtle.encrypt(...(await sealOf(route, nonce)), framed);
  return toBase64url(joined(headOf(route), nonce, new Uint8Array(sealed)));
}

/** Throws a RefusedSeal for anything that {@link sealShort} would not have made for this route. */
export async function openShort(route: ShortRoute, sealed: string): Promise<string> {
  const bytes = fromBase64url(sealed);
  const head = headOf(route);
  if (bytes === null || head.some((byte, at) => bytes[at] !== byte)) throw altered();
  const nonce = bytes.slice(head.length, head.length + NONCE);
  try {
    const content = bytes.slice(head.length + NONCE);
    const framed = await crypto.subtle.decrypt(...(await sealOf(route, nonce)), content);
    const body = await unframe(new Uint8Array(framed));
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (error) {
    throw error instanceof RefusedSeal ? error : altered();
  }
}

async function sealOf(
  { to, ...route }: ShortRoute,
  iv: Uint8Array<ArrayBuffer>,
): Promise<[AesGcmParams, CryptoKey]> {
  const { secret, meetingId } = route;
  const ids = [meetingId, ...(to === undefined ? [] : [to])].map((id) => bytesOf(id, ID_BYTES));
  const additionalData = joined(headOf(route), ...ids);
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

function headOf({ purpose }: ShortRoute): Uint8Array<ArrayBuffer> {
  return new Uint8Array([VERSION, purpose]);
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
  return new RefusedSeal('altered', 'not what was sealed');
}
