import type { Finding } from './finding.ts';
import { allocateFromFreshPort } from './fresh-port.ts';
import { type RelayClient, credentialFor } from '../client/relay-client.ts';
import type { RelayUrl } from '../client/transport.ts';

const QUOTA_REACHED = 486;

/** Takes as many allocations as one participant may have, each with a credential of another second, and one more. */
export async function tryQuota(
  url: RelayUrl,
  secret: string,
  name: string,
  quota: number,
): Promise<Finding> {
  const found: Finding = {
    name: 'quota',
    tries: quota + 1,
    faults: [],
    remark: `${quota} granted`,
  };
  const clients: RelayClient[] = [];
  let seconds = 600;
  const another = () => credentialFor(secret, name, (seconds += 1));
  for (let number = 1; number <= quota + 1; number += 1) {
    const { client, outcome } = await allocateFromFreshPort(url, another);
    clients.push(client);
    const { error } = outcome;
    const wanted = number <= quota ? null : QUOTA_REACHED;
    if (error !== wanted)
      found.faults.push(
        `allocation ${number} of ${quota}: ${error === null ? 'granted' : `refused with ${error}`}`,
      );
  }
  await Promise.all(clients.map((client) => client.close()));
  return found;
}
