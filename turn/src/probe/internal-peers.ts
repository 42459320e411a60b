import { deniedNetworks } from '../denied-networks.ts';
import type { Finding } from './finding.ts';
import { allocateFromFreshPort } from './fresh-port.ts';
import type { RelayClient } from '../client/relay-client.ts';
import type { Credential } from '../client/stun-message.ts';
import type { RelayUrl } from '../client/transport.ts';

/** What is sent to each peer: a question to a name server, which is what listens inside networks most often. */
const QUESTION = Buffer.from('00000100000100000000000000000200010000', 'hex');
/** What answers does so within this time. */
const LISTEN_MS = 500;
/** Quota reached, and no port left (RFC 8656 §19). */
const FULL = [486, 508];
const ROOM_MS = 10_000;
const AGAIN_MS = 100;

/**
 * Has the relay speak to one address of every network that is none of its business: for each kind of allocation, by CreatePermission, by ChannelBind, and
 * by Send to `port` there, whatever was refused before. `someone` is another participant each time, so that nobody's quota is in the way.
 */
export async function tryInternalPeers(
  url: RelayUrl,
  someone: () => Credential,
  port: number,
): Promise<Finding> {
  const found: Finding = { name: 'internal peers', tries: 0, faults: [], remark: '' };
  let kinds = 0;
  for (const family of [null, 4, 6] as const) {
    const name = family === null ? 'default' : `IPv${family}`;
    const granted = await tryAll(() => allocated(url, someone, family), name, port, found);
    if (granted) kinds += 1;
    // What is not granted reaches nobody.
    else found.tries += deniedNetworks.length * 3;
  }
  if (kinds === 0) found.faults.push('no allocation was granted at all, so nothing was tried');
  found.remark = `${kinds} of 3 kinds of allocation granted`;
  return found;
}

/** Each address has an allocation of its own: a relay may give up the socket of one whose peer cannot be reached. */
async function tryAll(
  allocate: () => Promise<RelayClient | null>,
  allocation: string,
  port: number,
  found: Finding,
): Promise<boolean> {
  const clients: RelayClient[] = [];
  for (const { target, network } of deniedNetworks) {
    const client = await allocate();
    if (client === null) break;
    clients.push(client);
    const peer = { address: target, port };
    const reached = (way: string) =>
      found.faults.push(`${way} to ${target} (${network}), ${allocation} allocation`);
    if ((await client.permit(peer)).error === null) reached('CreatePermission');
    if ((await client.bindChannel(peer)).error === null) reached('ChannelBind');
    client.send(peer, QUESTION);
    found.tries += 3;
  }
  if (clients.length > 0 && clients.length < deniedNetworks.length)
    found.faults.push(
      `only ${clients.length} of ${deniedNetworks.length} could be tried, ${allocation} allocation`,
    );
  await new Promise((done) => setTimeout(done, LISTEN_MS));
  for (const answer of clients.flatMap(({ received }) => received))
    found.faults.push(`Send was answered with ${answer.length} bytes, ${allocation} allocation`);
  for (const client of clients) await client.close();
  return clients.length > 0;
}

/** An allocation, once the relay has room for one: those that were given back go only after a moment. Null where this family is not served. */
async function allocated(
  url: RelayUrl,
  someone: () => Credential,
  family: 4 | 6 | null,
): Promise<RelayClient | null> {
  const end = Date.now() + ROOM_MS;
  for (;;) {
    const { client, outcome } = await allocateFromFreshPort(url, someone, family);
    if (outcome.error === null) return client;
    await client.close();
    if (!FULL.includes(outcome.error) || Date.now() > end) return null;
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}
