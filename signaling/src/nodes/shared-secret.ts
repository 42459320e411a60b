import { randomBytes } from 'node:crypto';
import type { RedisLink } from './redis-link.ts';

/** What signs tokens where nobody has set it: made by the first node, the same for all. Outside production only; there it has to be set. */
export async function sharedSecret({ client }: RedisLink): Promise<string> {
  const made = randomBytes(48).toString('base64url');
  await client.set('confab:secret', made, 'NX');
  return (await client.get('confab:secret')) ?? made;
}
