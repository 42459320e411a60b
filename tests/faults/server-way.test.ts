import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ServerWay } from './server-way.ts';

let server: Server;
let way: ServerWay;
let browsers: Socket[];

beforeEach(async () => {
  browsers = [];
  // Says everything twice, so that an answer can be told from a question.
  server = createServer((socket) => {
    socket.on('data', (piece) => socket.write(`${piece.toString()}${piece.toString()}`));
    socket.on('error', () => undefined);
  });
  server.listen(0);
  await once(server, 'listening');
  way = new ServerWay(`http://localhost:${(server.address() as AddressInfo).port}`);
  await way.listen();
});

afterEach(() => {
  for (const browser of browsers) browser.destroy();
  way.close();
  server.close();
});

test('what is said arrives, and so does the answer', async () => {
  const { say, heard } = await open();
  say('hm');
  await vi.waitFor(() => expect(heard()).toBe('hmhm'));
});

test('on a silent way nothing arrives and nothing ends; once healed, all of it arrives', async () => {
  const { socket, say, heard } = await open();
  way.silence();
  say('a');
  const late = await open();
  late.say('b');
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(heard() + late.heard()).toBe('');
  expect(socket.readyState).toBe('open');
  way.heal();
  await vi.waitFor(() => expect(heard() + late.heard()).toBe('aabb'));
});

test('a forgotten connection stays silent, a new one passes', async () => {
  const old = await open();
  way.forget();
  old.say('a');
  const { say, heard } = await open();
  say('b');
  await vi.waitFor(() => expect(heard()).toBe('bb'));
  way.heal();
  say('c');
  await vi.waitFor(() => expect(heard()).toBe('bbcc'));
  expect(old.heard()).toBe('');
});

test('a refusing way ends what stands and what comes, until it is healed', async () => {
  const old = await open();
  old.say('a');
  await vi.waitFor(() => expect(old.heard()).toBe('aa'));
  way.refuse();
  await once(old.socket, 'close');
  const refused = await open();
  await once(refused.socket, 'close');
  way.heal();
  const { say, heard } = await open();
  say('b');
  await vi.waitFor(() => expect(heard()).toBe('bb'));
});

test('a slow way loses nothing and keeps the order', async () => {
  const { say, heard } = await open();
  way.delay(5);
  say('a');
  await vi.waitFor(() => expect(heard()).toBe('aa'));
  say('b');
  say('c');
  await vi.waitFor(() => expect(heard()).toMatch(/^aa(bcbc|bbcc)$/));
});

async function open() {
  const socket = connect(Number(new URL(way.url).port), 'localhost');
  browsers.push(socket);
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return { socket, say: (text: string) => socket.write(text), heard: () => heard };
}
