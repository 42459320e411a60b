import { createSocket } from 'node:dgram';
import { Resolver, lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Where the relay is: `own` is this machine's address; `external` is how others see it, null when there is no NAT in between. */
export type RelayPlace = { own: string; external: string | null };

/**
 * Finds where `domain` leads to. Asks this machine's resolver and nobody else: whoever runs Confab has made the name point here, so the name says what
 * the Internet calls this machine. `localhost` is taken for this machine's address in its network. Throws an Error that names DOMAIN.
 */
export async function relayPlace(domain: string): Promise<RelayPlace> {
  const address = await addressOf(domain);
  if (address === null) return { own: await outgoingAddress(SOMEWHERE), external: null };
  if (ownAddresses().includes(address)) return { own: address, external: null };
  return { own: await outgoingAddress(address), external: address };
}

/** Whether the relay needs a name of its own: on `localhost` browsers are told this machine's address instead. */
export function isLocalhost(domain: string): boolean {
  return domain === 'localhost' || domain.endsWith('.localhost');
}

/** Makes sure that `name` leads where `domain` does. Throws an Error that names both. */
export async function leadsTo(name: string, domain: string): Promise<void> {
  if (isLocalhost(domain)) return;
  if (isIP(domain) !== 0)
    throw new Error(
      'DOMAIN: is an address; the relay can share port 443 with the app only where there is a name for each.',
    );
  const [address, its] = await Promise.all([addressOf(domain), addressOf(name)]);
  if (address !== null && its !== null && address !== its)
    throw new Error(
      `DOMAIN: ${name} leads to another address than ${domain}; make its A record point at this machine too.`,
    );
}

/** Any address of the Internet (RFC 5737); nothing is ever sent to it. */
const SOMEWHERE = '192.0.2.1';

const dns = new Resolver({ timeout: 2_000, tries: 2 });

async function addressOf(domain: string): Promise<string | null> {
  if (isLocalhost(domain)) return null;
  if (isIP(domain) === 4) return domain;
  try {
    // The network's word first: hosts often have their own name in /etc/hosts, at loopback or at an address of their own network.
    const [published] = await dns.resolve4(domain).catch(() => []);
    if (published !== undefined) return published;
    const { address } = await lookup(domain, 4);
    return address.startsWith('127.') ? null : address;
  } catch {
    throw new Error(
      `DOMAIN: ${domain} has no IPv4 address yet; make its A record point at this machine.`,
    );
  }
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => address),
  );
}

/** The address this machine sends from to `address`. Connecting a UDP socket looks the route up and sends nothing. */
async function outgoingAddress(address: string): Promise<string> {
  const socket = createSocket('udp4');
  try {
    socket.connect(9, address);
    await once(socket, 'connect');
    return socket.address().address;
  } catch {
    throw new Error(`DOMAIN: this machine has no way to ${address}.`);
  } finally {
    socket.close();
  }
}
