import { randomBytes } from 'node:crypto';
import { Allocation } from './allocation.ts';
import { NotLookedAt } from './outcome.ts';
import type { Check } from './outcome.ts';
import type { IceServer } from './visitor.ts';
import { readRelayUrl } from './wire.ts';

/** Packets that are sent through the relay, and for how long they may take in milliseconds. */
const PACKETS = 20;
const PATIENCE = 5_000;

/** Whether every address of the relay that browsers are told grants one, and packets come through. */
export function relayChecks(servers: IceServer[]): Check[] {
  const urls = servers.flatMap(({ urls, username = '', credential = '' }) =>
    urls
      .filter((url) => url.startsWith('turn'))
      .map((url) => ({ url, credential: { username, password: credential } })),
  );
  if (urls.length === 0)
    return [{ name: 'relay', look: () => Promise.reject(new NotLookedAt('TURN_URLS is not set')) }];
  return urls.map(({ url, credential }) => {
    const { transport } = readRelayUrl(url);
    return { name: `relay, ${transport}`, look: () => relays(url, credential) };
  });
}

type Credential = { username: string; password: string };

/** Two addresses at the relay, each sending to the other: what two people behind it do. */
async function relays(url: string, credential: Credential): Promise<string> {
  const address = readRelayUrl(url);
  const one = await Allocation.make(address, credential);
  const other = await Allocation.make(address, credential).catch(async (fault: unknown) => {
    await one.end();
    throw fault;
  });
  try {
    await one.permits(other.relayed);
    await other.permits(one.relayed);
    const came = await packetsThrough(one, other);
    if (came === 0)
      throw new Error(
        `grants ${other.relayed.address}:${other.relayed.port}, but nothing comes through: are the relay's UDP ports open?`,
      );
    return `${url}: ${came} of ${PACKETS} packets came through`;
  } finally {
    await Promise.all([one.end(), other.end()]);
  }
}

async function packetsThrough(from: Allocation, to: Allocation): Promise<number> {
  const packets = Array.from({ length: PACKETS }, () => randomBytes(200));
  const missing = new Set(packets.map((packet) => packet.toString('hex')));
  await new Promise<void>((resolve) => {
    const end = setTimeout(resolve, PATIENCE);
    to.onData = (data) => {
      missing.delete(data.toString('hex'));
      if (missing.size > 0) return;
      clearTimeout(end);
      resolve();
    };
    for (const packet of packets) from.sends(packet, to.relayed);
  });
  return PACKETS - missing.size;
}
