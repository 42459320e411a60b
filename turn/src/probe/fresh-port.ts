import { type Outcome, RelayClient } from '../client/relay-client.ts';
import type { Credential } from '../client/stun-message.ts';
import type { RelayUrl } from '../client/transport.ts';

/** The relay still knows an allocation from this very port (RFC 8656 §7.4). */
const ALLOCATION_MISMATCH = 437;
const PORTS_TRIED = 8;

/**
 * Asks for an allocation from a port that the relay does not know. It knows one for a moment after its allocation was given back, and the system may hand the port
 * out again within that moment. `credential` is another one each time: coturn finds every nonce stale for a while that comes with one it has seen at a port it knows.
 * Rejects with `NoAnswer`, and where no connection can be made.
 */
export async function allocateFromFreshPort(
  url: RelayUrl,
  credential: () => Credential,
  family: 4 | 6 | null = null,
): Promise<{ client: RelayClient; outcome: Outcome }> {
  const left: RelayClient[] = [];
  try {
    for (;;) {
      const client = await RelayClient.open(url, credential());
      const outcome = await client.allocate(family);
      if (outcome.error !== ALLOCATION_MISMATCH || left.length + 1 === PORTS_TRIED)
        return { client, outcome };
      // Held until there is another one: a port in use is not handed out again.
      left.push(client);
    }
  } finally {
    await Promise.all(left.map((client) => client.close()));
  }
}
