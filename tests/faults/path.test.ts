import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Path, type Address } from './path.ts';

let path: Path;
let alice: Endpoint;
let bob: Endpoint;

beforeEach(async () => {
  path = new Path('Alice', 'Bob');
  alice = await openEndpoint();
  bob = await openEndpoint();
});

afterEach(async () => {
  await path.close();
  for (const { socket } of [alice, bob]) socket.close();
});

test('a packet arrives, seems to come from the sender’s stand-in, and the answer finds its way back', async () => {
  const bobSeenByAlice = await path.standInFor('Bob', bob.address);
  const aliceSeenByBob = await path.standInFor('Alice', alice.address);
  alice.send('hello', bobSeenByAlice);
  expect(await bob.next()).toEqual({ text: 'hello', from: aliceSeenByBob.port });
  bob.send('welcome', aliceSeenByBob);
  expect(await alice.next()).toEqual({ text: 'welcome', from: bobSeenByAlice.port });
  expect(path).toMatchObject({ passed: 2, lost: 0 });
});

test('a cut path lets nothing pass, and a healed one does', async () => {
  const standIn = await path.standInFor('Bob', bob.address);
  path.cut();
  alice.send('lost', standIn);
  await vi.waitFor(() => expect(path.lost).toBe(1));
  path.heal();
  alice.send('found', standIn);
  expect((await bob.next()).text).toBe('found');
  expect(path.passed).toBe(1);
});

test('a slow path loses nothing, unless it is cut while a packet is under way', async () => {
  const standIn = await path.standInFor('Bob', bob.address);
  path.delay(1);
  alice.send('late', standIn);
  expect((await bob.next()).text).toBe('late');
  path.delay(100_000);
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  try {
    alice.send('too late', standIn);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (vi.getTimerCount() === 1) break;
    }
    path.cut();
    await vi.advanceTimersByTimeAsync(100_000);
  } finally {
    vi.useRealTimers();
  }
  expect(path).toMatchObject({ passed: 1, lost: 1 });
});

test('a path that drops half loses every second packet', async () => {
  const standIn = await path.standInFor('Bob', bob.address);
  path.drop(0.5);
  for (const text of ['1', '2', '3', '4']) alice.send(text, standIn);
  expect((await bob.next()).text).toBe('1');
  expect((await bob.next()).text).toBe('3');
});

test('after a renewal the old addresses lead nowhere, and fresh ones do', async () => {
  const old = await path.standInFor('Bob', bob.address);
  await path.renew();
  alice.send('to the old address', old);
  await vi.waitFor(() => expect(path.lost).toBe(1));
  const aliceElsewhere = await openEndpoint();
  const bobElsewhere = await openEndpoint();
  aliceElsewhere.send('to the new one', await path.standInFor('Bob', bobElsewhere.address));
  expect((await bobElsewhere.next()).text).toBe('to the new one');
  for (const { socket } of [aliceElsewhere, bobElsewhere]) socket.close();
});

type Endpoint = {
  socket: Socket;
  address: Address;
  send(text: string, to: Address): void;
  /** The next packet that arrives, or has arrived and was not taken yet. */
  next(): Promise<{ text: string; from: number }>;
};

async function openEndpoint(): Promise<Endpoint> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const arrived: { text: string; from: number }[] = [];
  socket.on('message', (packet, { port }) => {
    arrived.push({ text: packet.toString(), from: port });
    socket.emit('arrived');
  });
  return {
    socket,
    address: socket.address(),
    send: (text, to) => socket.send(text, to.port, to.address),
    async next() {
      if (arrived.length === 0) await once(socket, 'arrived');
      const [first] = arrived.splice(0, 1);
      if (!first) throw new Error('Nothing arrived.');
      return first;
    },
  };
}
