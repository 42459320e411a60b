import { fromBase64url, toBase64url } from './sealing/base64url.ts';

/** What a meeting's address says. `secret` is null where the part after `#` is missing or damaged. */
export type MeetingLink = { meetingId: string; secret: string | null };

const ID_BYTES = 16;
const SECRET_BYTES = 32;

/** A fresh link secret: 32 random bytes, 43 characters of base64url. It never leaves the browser but in the link. */
export function makeSecret(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** The address that brings others into the meeting. */
export function formatMeetingLink(origin: string, meetingId: string, secret: string): string {
  return `${origin}/m/${meetingId}#${secret}`;
}

/**
 * Reads what people paste: the whole link, its path and fragment, `id#secret`, or the id alone. Null if it is none of
 * these, or a link of another server than `origin`.
 */
export function parseMeetingLink(text: string, origin?: string): MeetingLink | null {
  const pasted = text.trim();
  const hash = pasted.indexOf('#');
  const address = hash < 0 ? pasted : pasted.slice(0, hash);
  const meetingId = meetingIdOf(address, origin);
  if (meetingId === null) return null;
  const secret = hash < 0 ? '' : pasted.slice(hash + 1);
  return { meetingId, secret: isBytes(secret, SECRET_BYTES) ? secret : null };
}

function meetingIdOf(address: string, origin: string | undefined): string | null {
  if (isBytes(address, ID_BYTES)) return address;
  const base = origin ?? 'https://meeting.invalid';
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  if (origin !== undefined && url.origin !== origin) return null;
  const id = /^\/m\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  return id !== undefined && isBytes(id, ID_BYTES) ? id : null;
}

function isBytes(text: string, length: number): boolean {
  return fromBase64url(text)?.length === length;
}
