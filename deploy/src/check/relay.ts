import { randomBytes } from 'node:crypto';
import { NoAnswer, RelayClient, readRelayUrl } from '@confab/turn/client';
import type { Credential, Outcome, RelayUrl } from '@confab/turn/client';
import { NotLookedAt } from './outcome.ts';
import type { Check } from './outcome.ts';
import type { IceServer } from './visitor.ts';

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
  return urls.map(({ url, credential }) => ({
    name: `relay, ${readRelayUrl(url).via.toUpperCase()}`,
    look: async () =>
      `${url}: ${await relays(readRelayUrl(url), credential)} of ${PACKETS} packets came through`,
  }));
}

/** Two addresses at the relay, one sending to the other, as two people behind it do. Resolves with how many packets arrived. */
async function relays(url: RelayUrl, credential: Credential): Promise<number> {
  const clients: RelayClient[] = [];
  const allocate = async () => {
    const client = await RelayClient.open(url, credential, { isStrict: true });
    clients.push(client);
    const granted = await answered(client.allocate(), url);
    return { client, at: RelayClient.relayedAddress(granted) };
  };
  try {
    const one = await allocate();
    const other = await allocate();
    await answered(one.client.permit(other.at), url);
    await answered(other.client.permit(one.at), url);
    const came = await packetsThrough(one.client, other);
    if (came === 0)
      throw new Error(
        `grants ${other.at.address}:${other.at.port}, but nothing comes through: are the relay's UDP ports open?`,
      );
    return came;
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

async function packetsThrough(
  from: RelayClient,
  to: { client: RelayClient; at: { address: string; port: number } },
): Promise<number> {
  const packets = Array.from({ length: PACKETS }, () => randomBytes(200));
  const came = () =>
    packets.filter((packet) => to.client.received.some((data) => data.equals(packet))).length;
  await new Promise<void>((resolve) => {
    const end = setTimeout(resolve, PATIENCE);
    to.client.onReceived = () => {
      if (came() < PACKETS) return;
      clearTimeout(end);
      resolve();
    };
    for (const packet of packets) from.send(to.at, packet);
  });
  return came();
}

async function answered(asked: Promise<Outcome>, { host, port, via }: RelayUrl): Promise<Outcome> {
  const outcome = await asked.catch((error: unknown) => {
    if (error instanceof NoAnswer)
      throw new Error(`nobody answers at ${host}:${port} over ${via.toUpperCase()}`);
    throw error;
  });
  const { error } = outcome;
  if (error !== null) throw new Error(refusals[error] ?? `refuses with ${error}`);
  return outcome;
}

/** What a relay refuses with (RFC 8656 §19), and what an operator makes of it. */
const refusals: Partial<Record<number, string>> = {
  401: 'refuses the credential: TURN_SECRET is not the same on both sides',
  403: 'may not speak to that address',
  486: 'grants nobody so many addresses at once',
  508: 'has no port left',
};
