import type { Finding } from './finding.ts';
import { allocateFromFreshPort } from './fresh-port.ts';
import { type Outcome, RelayClient, credentialFor } from '../client/relay-client.ts';
import type { RelayUrl } from '../client/transport.ts';

const PACKETS = 50;
/** Of those sent each way; the network may lose some. */
const LEAST = 45;
const PATIENCE_MS = 3_000;

/** Two participants meet at the relay, each by one of `urls`, and speak both ways, by Send and on a channel. */
export async function tryLegitimate(urls: RelayUrl[], secret: string): Promise<Finding> {
  const found: Finding = { name: 'legitimate relay', tries: 0, faults: [], remark: '' };
  const said: string[] = [];
  for (const url of urls) {
    found.tries += 2 * PACKETS;
    const way = `${url.via} to port ${url.port}`;
    try {
      const [there, back] = await speak(url, secret);
      said.push(`${way}: ${there} and ${back} of ${PACKETS}`);
      if (Math.min(there, back) < LEAST)
        found.faults.push(`${way}: only ${there} and ${back} of ${PACKETS} arrived`);
    } catch (error) {
      found.faults.push(`${way}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  found.remark = said.join(', ');
  return found;
}

async function speak(url: RelayUrl, secret: string): Promise<[number, number]> {
  let seconds = 600;
  const someone = (name: string) =>
    allocateFromFreshPort(url, () => credentialFor(secret, name, (seconds += 1)));
  const { client: one, outcome: oneHas } = await someone('probe-one');
  const { client: other, outcome: otherHas } = await someone('probe-other');
  try {
    const oneAt = RelayClient.relayedAddress(granted(oneHas, 'an allocation'));
    const otherAt = RelayClient.relayedAddress(granted(otherHas, 'an allocation'));
    granted(await one.permit(otherAt), 'a permission for another relay');
    const binding = await other.bindChannel(oneAt);
    granted(binding, 'a channel to another relay');
    for (let number = 0; number < PACKETS; number += 1) {
      one.send(otherAt, Buffer.from(`one ${number}`));
      other.sendOnChannel(binding.channel, Buffer.from(`other ${number}`));
    }
    return await Promise.all([arrived(other), arrived(one)]);
  } finally {
    await Promise.all([one.close(), other.close()]);
  }
}

function granted(outcome: Outcome, what: string): Outcome {
  if (outcome.error !== null) throw new Error(`${what} is refused with ${outcome.error}`);
  return outcome;
}

/** Resolves with how many came, when all have, or when no more are waited for. */
function arrived(client: RelayClient): Promise<number> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      done(client.received.length);
    };
    const timer = setTimeout(end, PATIENCE_MS);
    client.onReceived = () => client.received.length >= PACKETS && end();
    client.onReceived();
  });
}
