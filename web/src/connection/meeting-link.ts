import { fromBase64url, toBase64url } from './sealing/base64url.ts';

/** What a meeting's address says. `secret` is null where the part after `#` is missing or damaged; an invitation may follow it (R105). */
export type MeetingLink = { meetingId: string; secret: string | null; invitation?: string };

const ID_BYTES = 16;
const SECRET_BYTES = 32;

/** A fresh link secret: 32 random bytes, 43 characters of base64url. It never leaves the browser but in the link. */
export function makeSecret(): string {
  return toBase64url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** The address that brings others into the meeting; with an invitation, as what that says. */
export function formatMeetingLink(
  origin: string,
  meetingId: string,
  ...fragment: [secret: string, invitation?: string]
): string {
  return `${origin}/m/${meetingId}#${fragment.join('.')}`;
}

/**
 * Reads what people paste: the whole link with or without its scheme, in the middle of a sentence or alone, its path and
 * fragment, `id#secret`, or the id alone. Null if there is none of these, or only a link of another server than `origin`.
 */
export function parseMeetingLink(text: string, origin?: string): MeetingLink | null {
  const written = writtenLink(text);
  if (written === null) return null;
  const { host, ...link } = written;
  const isElsewhere = origin !== undefined && host !== null && host !== new URL(origin).host;
  return isElsewhere ? null : link;
}

/** Which server a pasted link belongs to, `meet.example:8443` for instance; null where it does not say, or is no link. */
export function hostOfMeetingLink(text: string): string | null {
  return writtenLink(text)?.host ?? null;
}

/** Whatever may stand before the id, the id, a slash or a query, and the fragment, with an invitation or without, up to what cannot belong to it. */
const WRITTEN =
  /([^\s<>"'()]*\/m\/|^)([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])\/?(?:\?[^\s<>"'#]*)?(?:#([A-Za-z0-9_-]*)(?:\.((?:[\w-]+\.){2}[\w-]+))?)?/;
const BEFORE = /^(?:(?:https?:)?\/\/)?([^/]*)\/m\/$/i;

function writtenLink(text: string): (MeetingLink & { host: string | null }) | null {
  // Some programs escape the `#` of what they pass on.
  const [, before = '', meetingId = '', secret = '', invitation] =
    WRITTEN.exec(text.trim().replace(/%23/, '#')) ?? [];
  if (!isBytes(meetingId, ID_BYTES)) return null;
  const host = before === '' ? null : hostBefore(before);
  if (host === undefined) return null;
  const found = { meetingId, secret: isBytes(secret, SECRET_BYTES) ? secret : null, host };
  return invitation === undefined ? found : { ...found, invitation };
}

/** Null for a path alone; undefined where it is not the way to a meeting. */
function hostBefore(before: string): string | null | undefined {
  const authority = BEFORE.exec(before)?.[1];
  if (authority === undefined) return undefined;
  if (authority === '') return before.startsWith('/m/') ? null : undefined;
  try {
    const scheme = /^http:/i.test(before) ? 'http' : 'https';
    return new URL(`${scheme}://${authority}`).host;
  } catch {
    return undefined;
  }
}

function isBytes(text: string, length: number): boolean {
  return fromBase64url(text)?.length === length;
}
