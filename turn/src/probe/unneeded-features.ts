import type { Finding } from './finding.ts';
import { RelayClient } from '../client/relay-client.ts';
import type { Credential } from '../client/stun-message.ts';
import type { RelayUrl } from '../client/transport.ts';

const TCP = 6;

/** Browsers never ask a relay for TCP towards peers (RFC 6062). */
export async function tryTcpRelay(url: RelayUrl, credential: Credential): Promise<Finding> {
  const client = await RelayClient.open(
    { ...url, via: url.via === 'udp' ? 'tcp' : url.via },
    credential,
  );
  const { error } = await client.allocate(null, TCP);
  await client.close();
  const faults = error === null ? ['a TCP allocation is granted'] : [];
  return {
    name: 'TCP towards peers',
    tries: 1,
    faults,
    remark: `refused with ${error ?? 'nothing'}`,
  };
}
