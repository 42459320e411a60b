import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { ATTRIBUTE, CLASS, METHOD, decode, encode } from '../src/client/stun-message.ts';
import { allocateFromFreshPort } from '../src/probe/fresh-port.ts';

/** A relay that still knows the allocations of the first `known` ports it hears from, and the ports it has heard from. */
async function aRelayThatKnows(known: number) {
  const ports: number[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (bytes, { port, address }) => {
    const asked = decode(bytes);
    if (asked?.method !== METHOD.allocate) return;
    if (!ports.includes(port)) ports.push(port);
    const isKnown = ports.indexOf(port) < known;
    const answer = isKnown
      ? encode(
          asked.method,
          CLASS.error,
          [[ATTRIBUTE.errorCode, Buffer.from([0, 0, 4, 37])]],
          null,
          asked.transaction,
        )
      : encode(asked.method, CLASS.success, [], null, asked.transaction);
    socket.send(answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return { url: { host: '127.0.0.1', port: socket.address().port, via: 'udp' as const }, ports };
}

const credential = () => ({ username: 'probe', password: 'probe' });

test('a port that the relay still knows is left for another one', async () => {
  const relay = await aRelayThatKnows(2);
  const { client, outcome } = await allocateFromFreshPort(relay.url, credential);
  expect(outcome.error).toBeNull();
  expect(relay.ports).toHaveLength(3);
  await client.close();
});

test('a relay that knows every port is believed in the end', async () => {
  const relay = await aRelayThatKnows(Infinity);
  const { client, outcome } = await allocateFromFreshPort(relay.url, credential);
  expect(outcome.error).toBe(437);
  await client.close();
});
