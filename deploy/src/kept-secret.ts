import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The secret in `file`: 32 random bytes as hex digits, which mean nothing special in any file or shell. Made at the first call. */
export function keptSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  const secret = readFileSync(file, 'utf8').trim();
  // A disk that was full at the first start leaves an empty file.
  if (!/^[\da-f]{64}$/.test(secret)) throw new Error(`${file} is damaged; delete it.`);
  return secret;
}
