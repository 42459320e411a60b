import { createHmac } from 'node:crypto';
import type { Finding } from './finding.ts';
import { NoAnswer, RelayClient, credentialFor } from '../client/relay-client.ts';
import type { Credential } from '../client/stun-message.ts';
import type { RelayUrl } from '../client/transport.ts';

/** Credentials that open nothing, each by its name. */
function badCredentials(secret: string): Record<string, Credential> {
  const good = credentialFor(secret, 'probe');
  const signed = (username: string, key = secret): Credential => ({
    username,
    password: createHmac('sha1', key).update(username).digest('base64'),
  });
  return {
    expired: credentialFor(secret, 'probe', -1),
    'expired in 1970': signed('0:probe'),
    forged: { ...good, password: credentialFor('another secret', 'probe').password },
    'somebody else’s password': { ...credentialFor(secret, 'other'), password: good.password },
    'the secret itself': { ...good, password: secret },
    'no password': { ...good, password: '' },
    'no time': signed('probe'),
    'no time that is a number': signed('soon:probe'),
    'a negative time': signed('-1:probe'),
    'no name at all': signed(''),
    'an empty secret': signed(good.username, '\0'),
    'a name of 600 bytes': { ...good, username: `${good.username}${'x'.repeat(600)}` },
  };
}

/** None of them may open an allocation. */
export async function tryBadCredentials(url: RelayUrl, secret: string): Promise<Finding> {
  const found: Finding = { name: 'bad credentials', tries: 0, faults: [], remark: '' };
  for (const [name, credential] of Object.entries(badCredentials(secret))) {
    const client = await RelayClient.open(url, credential);
    // What gets no answer opens nothing either.
    const outcome = await client.allocate().catch((error: unknown) => {
      if (error instanceof NoAnswer) return null;
      throw error;
    });
    found.tries += 1;
    if (outcome?.error === null) found.faults.push(`${name} opens an allocation`);
    await client.close();
  }
  return found;
}
