// A meeting's link, as protocol/README.md has it. The page has the same in TypeScript, for browsers; protocol/vectors holds both to it.
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { UsageError } from './usage-error.mjs';

const SECRET_BYTES = 32;

/** What opens a new meeting. It goes into the link, and never to the server. */
export function makeSecret() {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** What shows the server that one holds the link (R12). */
export function proofOf(secret) {
  const key = Buffer.from(secret, 'base64url');
  const proof = hkdfSync('sha256', key, '', 'confab/1/proof', SECRET_BYTES);
  return Buffer.from(proof).toString('base64url');
}

/** What the server keeps to recognise a proof (R2). */
export function verifierOf(proof) {
  return createHash('sha256').update(Buffer.from(proof, 'base64url')).digest('base64url');
}

/** The address that people open; with an invitation, as what that says. */
export function linkTo(url, meetingId, secret, invitation) {
  const fragment = [secret, ...(invitation ? [invitation] : [])].join('.');
  return `${new URL(url).origin}/m/${meetingId}#${fragment}`;
}

/** What a link or a bare meeting id says. Throws a UsageError. */
export function readLink(text) {
  const shape =
    /^(?:(https?:\/\/[^/\s]+)\/m\/)?([A-Za-z0-9_-]{22})(?:#([A-Za-z0-9_-]{43})(?:\.(\S+))?)?$/;
  const [found, url, meetingId, secret, invitation] = shape.exec(text) ?? [];
  if (found === undefined) throw new UsageError(`“${text}” is neither a link nor a meeting’s id.`);
  return { url, meetingId, secret, invitation };
}
