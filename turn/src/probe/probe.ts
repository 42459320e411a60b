import { randomBytes } from 'node:crypto';
import { tryAmplification } from './amplification.ts';
import { tryBadCredentials } from './bad-credentials.ts';
import type { Finding } from './finding.ts';
import { tryInternalPeers } from './internal-peers.ts';
import { tryLegitimate } from './legitimate.ts';
import { tryQuota } from './quota.ts';
import { credentialFor } from '../client/relay-client.ts';
import type { RelayUrl } from '../client/transport.ts';
import { tryTcpRelay } from './unneeded-features.ts';

export type ProbeOptions = {
  urls: [RelayUrl, ...RelayUrl[]];
  secret: string;
  /** Allocations that one participant may have. */
  quota: number;
  /** Where something may listen inside the relay's network. */
  peerPort: number;
};

/** Attacks a relay, over the first of its addresses, and then proves over each that it relays for those it should. */
export async function* probe({
  urls,
  secret,
  quota,
  peerPort,
}: ProbeOptions): AsyncGenerator<Finding> {
  const [first] = urls;
  // Another person each time: what a former one has left behind counts for that one.
  const name = () => `probe-${randomBytes(6).toString('hex')}`;
  const someone = () => credentialFor(secret, name());
  yield await tryInternalPeers(first, someone, peerPort);
  yield await tryTcpRelay(first, someone());
  yield await tryBadCredentials(first, secret);
  yield await tryAmplification(urls.find(({ via }) => via === 'udp') ?? first);
  yield await tryQuota(first, secret, name(), quota);
  yield await tryLegitimate(urls, secret);
}
