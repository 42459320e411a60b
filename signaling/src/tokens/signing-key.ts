import { createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** The one key that signs tokens, derived so that the same secret used elsewhere would not sign them. Made once. */
export function signingKey(secret: string): KeyObject {
  const bytes = hkdfSync('sha256', secret, '', 'confab/tokens/1', 32);
  return createSecretKey(Buffer.from(bytes));
}
