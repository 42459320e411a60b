import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal, SECRET_BYTES } from '@confab/protocol';

/** What is kept of a seat's resume tokens (R8): SHA-256 of the two that open it, in base64url. */
export type ResumeHashes = {
  readonly issued: string;
  /** Of the one shown last; where a join needed to show none, of the one that was issued before. */
  readonly before: string | null;
  /** Whether one was ever shown; from then on the incarnation alone opens nothing. */
  readonly wasShown: boolean;
};

export type IssuedResume = { token: string; kept: ResumeHashes };

/** The token that a join is answered with, and what is kept of it. */
export function issueResume(before: string | null = null, wasShown = false): IssuedResume {
  const token = randomBytes(SECRET_BYTES).toString('base64url');
  return { token, kept: { issued: hashOf(token), before, wasShown } };
}

/**
 * The next token of a seat that is somebody's, for whoever shows a valid one. `needsNone`: who asks is known by other means,
 * so that what is shown besides does not matter. Throws `resume-invalid`.
 */
export function rotateResume(
  kept: ResumeHashes,
  shown: string | undefined,
  needsNone: boolean,
): IssuedResume {
  const valid = shown === undefined ? undefined : validHash(kept, hashOf(shown));
  if (valid !== undefined) return issueResume(valid, true);
  if (!needsNone) throw new Refusal('resume-invalid');
  return issueResume(kept.issued, kept.wasShown);
}

function validHash({ issued, before }: ResumeHashes, shown: string): string | undefined {
  return [issued, before].find((hash) => hash !== null && isSame(hash, shown)) ?? undefined;
}

function isSame(hash: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hash), Buffer.from(other));
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
