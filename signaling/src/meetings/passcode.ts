import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Refusal } from '@confab/protocol';

// 16 MiB and about 50 ms each; two at a time leave threads for files and name look-ups.
const COST = { N: 16_384, r: 8, p: 1 };
const AT_ONCE = 2;
const MAX_WAITING = 32;

let running = 0;
const waiting: (() => void)[] = [];

/** The passcode's scrypt hash with its salt, `salt.hash` in base64url. Throws `too-many-requests` when too many wait. */
export async function hashPasscode(passcode: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(passcode, salt);
  return `${salt.toString('base64url')}.${hash.toString('base64url')}`;
}

/** Whether this passcode made that hash. Throws `too-many-requests` when too many wait. */
export async function isPasscode(passcode: string, hashed: string): Promise<boolean> {
  const [salt = '', hash = ''] = hashed.split('.');
  const derived = await derive(passcode, Buffer.from(salt, 'base64url'));
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
}

async function derive(passcode: string, salt: Buffer): Promise<Buffer> {
  if (waiting.length >= MAX_WAITING) throw new Refusal('too-many-requests');
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await new Promise((resolve, reject) => {
      scrypt(passcode.normalize('NFC'), salt, 32, COST, (error, key) => {
        if (error === null) resolve(key);
        else reject(error);
      });
    });
  } finally {
    running--;
    waiting.shift()?.();
  }
}
