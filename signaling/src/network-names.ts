import { createHmac, hkdfSync } from 'node:crypto';

/** Names networks for counting, so that what is kept on disk does not say where people were. `secret` is the server's. */
export function networkNames(secret: string): (network: string) => string {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'confab/networks/1', 32));
  return (network) => createHmac('sha256', key).update(network).digest('base64url').slice(0, 22);
}
