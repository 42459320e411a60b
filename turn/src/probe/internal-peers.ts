import { deniedNetworks } from '../denied-networks.ts';
import type { Finding } from './finding.ts';
import { RelayClient } from './relay-client.ts';
import type { Credential } from './stun-message.ts';
import type { RelayUrl } from './transport.ts';

/** What is sent to each peer: a question to a name server, which is what listens inside networks most often. */
const QUESTION = Buffer.from('00000100000100000000000000000200010000', 'hex');
/** What answers does so within this time. */
const LISTEN_MS = 500;

/**
 * Has the relay speak to one address of every network that is none of its business: for each kind of allocation, by CreatePermission, by ChannelBind, and
 * by Send to `port` there, whatever was refused before.
 */
export async function tryInternalPeers(
  url: RelayUrl,
  credential: Credential,
  port: number,
): Promise<Finding> {
  const found: Finding = { name: 'internal peers', tries: 0, faults: [], remark: '' };
  let kinds = 0;
  for (const family of [null, 4, 6] as const) {
    const client = await RelayClient.open(url, credential);
    const { error } = await client.allocate(family);
    const name = family === null ? 'default' : `IPv${family}`;
    if (error === null) {
      kinds += 1;
      await tryAll(client, name, port, found);
    } else {
      // What is not granted reaches nobody.
      found.tries += deniedNetworks.length * 3;
    }
    await client.close();
  }
  if (kinds === 0) found.faults.push('no allocation was granted at all, so nothing was tried');
  found.remark = `${kinds} of 3 kinds of allocation granted`;
  return found;
}

async function tryAll(client: RelayClient, allocation: string, port: number, found: Finding) {
  for (const { target, network } of deniedNetworks) {
    const peer = { address: target, port };
    const reached = (way: string) =>
      found.faults.push(`${way} to ${target} (${network}), ${allocation} allocation`);
    if ((await client.permit(peer)).error === null) reached('CreatePermission');
    if ((await client.bindChannel(peer)).error === null) reached('ChannelBind');
    client.send(peer, QUESTION);
    found.tries += 3;
  }
  await new Promise((done) => setTimeout(done, LISTEN_MS));
  for (const answer of client.received)
    found.faults.push(`Send was answered with ${answer.length} bytes, ${allocation} allocation`);
}
