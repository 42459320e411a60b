import { createHash } from 'node:crypto';

/** SHA-256 of every example that is to be replaced, in `.env.example` and the documents. */
const shownSecrets = new Set(
  [
    'change-me-to-32-random-bytes-please-now',
    'change-me-too-to-32-other-random-bytes!',
    'change-me-to-a-random-key',
    'change-me-to-a-random-admin-token-please',
    'whsec_Y2hhbmdlLW1lLXRvLTMyLXJhbmRvbS1ieXRlcy1wbGVhc2U=',
  ].map(digest),
);

/** Why a secret must not be used in production, to be read after its name; null when nothing speaks against it. */
export function weaknessOf(secret: string, leastBytes = 32): string | null {
  if (Buffer.byteLength(secret) < leastBytes) return `is shorter than ${leastBytes} bytes`;
  if (shownSecrets.has(digest(secret))) return 'is an example value';
  if (/change.?me|example|secret|password/i.test(secret)) return 'is an example value';
  if (entropyBits(secret) < leastBytes * 2)
    return 'is too easy to guess; make one with: openssl rand -base64 48';
  return null;
}

/** Shannon's entropy of the characters or of the steps between them, whichever is less, in bits for the whole text. 32 random hex digits have about 115. */
function entropyBits(text: string): number {
  // A short pattern said again and again has a high entropy per character and is easy all the same.
  if (isRepeated(text)) return 0;
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  // The alphabet in its order has many characters, and one step.
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return Math.min(bitsIn(codes), bitsIn(steps));
}

function bitsIn(values: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / values.length);
  return bits;
}

function isRepeated(text: string): boolean {
  return (text + text).indexOf(text, 1) < text.length;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
