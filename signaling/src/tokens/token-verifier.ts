import type { KeyObject } from 'node:crypto';
import { Refusal } from '@confab/protocol';
import { compactVerify } from 'jose';
import type { TokenAge } from './token-age.ts';
import { CLOCK_TOLERANCE, purposes } from './token-claims.ts';
import type { Claims, Purpose } from './token-claims.ts';

const MAX_TOKEN = 2_048;

/** Checks tokens by RFC 8725: one algorithm, one issuer, one purpose, one spelling. */
export class TokenVerifier {
  private readonly key: KeyObject;
  private readonly age: TokenAge;

  constructor(key: KeyObject, age: TokenAge) {
    this.key = key;
    this.age = age;
  }

  /** The claims of a token made for this purpose. Throws `token-invalid`, `token-expired` or `not-open`. */
  async verify<P extends Purpose>(purpose: P, token: unknown): Promise<Claims<P>> {
    if (typeof token !== 'string' || token.length > MAX_TOKEN) throw new Refusal('token-invalid');
    const { typ, claims, maxLifetime } = purposes[purpose];
    const [header = '', payload = '', signature = '', ...more] = token.split('.');
    // This server made every token it accepts, so a header that differs in one character is somebody else's.
    const onlyHeader = JSON.stringify({ alg: 'HS256', typ });
    if (more.length > 0 || !isCanonical(signature) || textOf(header) !== onlyHeader)
      throw new Refusal('token-invalid');
    const parsed = claims.safeParse(canonicalJson(payload));
    if (!parsed.success) throw new Refusal('token-invalid');
    await this.checkSignature(token);
    this.checkTimes(purpose, parsed.data, maxLifetime);
    return parsed.data as Claims<P>;
  }

  /** For how many seconds a participant's token counts from now on. */
  left(claims: Claims<'participant'>): number {
    return this.age.left(claims);
  }

  private async checkSignature(token: string): Promise<void> {
    try {
      await compactVerify(token, this.key, { algorithms: ['HS256'] });
    } catch {
      throw new Refusal('token-invalid');
    }
  }

  private checkTimes(
    purpose: Purpose,
    claims: { iat: number; exp: number; nbf?: number | undefined },
    max: number,
  ) {
    const now = this.age.now();
    const { iat, exp, nbf = 0 } = claims;
    if (exp <= iat || exp - iat > max) throw new Refusal('token-invalid');
    if (iat > now + CLOCK_TOLERANCE && !this.age.hasShown(iat)) throw new Refusal('token-invalid');
    if (nbf > now + CLOCK_TOLERANCE) throw new Refusal('not-open', nbf);
    // An invitation ends at a time that somebody chose, a participant's token when its time has passed.
    const left = purpose === 'participant' ? this.age.left(claims) : exp - now;
    if (left + CLOCK_TOLERANCE <= 0) throw new Refusal('token-expired');
  }
}

/** The text of base64url that has no second spelling; undefined for any other. */
function textOf(part: string): string | undefined {
  return isCanonical(part) ? Buffer.from(part, 'base64url').toString() : undefined;
}

function isCanonical(part: string): boolean {
  return part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;
}

/** Parsed JSON that reads back as it was written: no repeated keys, no escapes, no white space, no exotic numbers. */
function canonicalJson(part: string): unknown {
  const text = textOf(part);
  try {
    const value: unknown = JSON.parse(text ?? '');
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
