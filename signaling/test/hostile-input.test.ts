import { requests } from '@confab/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RawConnection } from './raw-connection.ts';
import { joinMeeting, newId, someone, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting, TestServer } from './test-server.ts';

/** What ws answers: a message that goes against the server's policy (RFC 6455 §7.4.1). */
const TOO_MANY_PIECES = 1008;

let server: TestServer;
let meeting: TestMeeting;
const unhandled = vi.fn();

beforeEach(async () => {
  process.on('unhandledRejection', unhandled);
  process.on('uncaughtExceptionMonitor', unhandled);
  server = await startTestServer();
  meeting = await makeMeeting(server.url);
});

afterEach(() => {
  process.off('unhandledRejection', unhandled);
  process.off('uncaughtExceptionMonitor', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

/** What has to be possible after whatever was tried: two people meet and exchange a signal. */
async function aPairMeets() {
  const fresh = await makeMeeting(server.url);
  const [first, second] = [await joinMeeting(fresh), await joinMeeting(fresh)];
  second.signal(first.participantId, 'b2ZmZXI');
  await first.until('the signal', () => first.heard['signal:received'].length === 1);
  expect(server.logged()).not.toContain('"level":50');
}

const wrongPayloads: unknown[] = [
  undefined,
  null,
  0,
  -1,
  '',
  'text',
  true,
  [],
  [[]],
  {},
  { __proto__: null },
  [{}],
  { x: 1 },
  { microphone: 'yes', camera: true },
  { participants: [] },
  { participants: 'all' },
  { incarnation: [] },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  { ...someone(), role: 'host' },
  { ...someone(), hello: 'x'.repeat(2_049) },
  { ...someone(), media: null },
  { ...someone(), incarnation: 'A'.repeat(23) },
  { participants: Array.from({ length: 65 }, newId) },
  nested(100),
];

test('R1 every wrong payload of every request is refused by name, with and without acknowledgement', async () => {
  for (const name of Object.keys(requests) as (keyof typeof requests)[]) {
    if (name === 'signal:send') continue;
    const client = await joinMeeting(meeting);
    const { payload } = requests[name];
    for (const wrong of wrongPayloads.filter((given) => !payload.safeParse(given).success)) {
      client.socket.emit(name, wrong);
      expect(await client.ask(name, wrong), name).toEqual({ ok: false, error: 'invalid-payload' });
    }
    expect(client.socket.connected).toBe(true);
    await client.request('meeting:leave', {});
  }
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  await aPairMeets();
});

test('unknown events, more arguments than one and no arguments are refused', async () => {
  const client = await joinMeeting(meeting);
  for (const event of [
    'server:announce',
    'toString',
    '__proto__',
    'constructor',
    'meeting:changed',
    '',
    'ping',
    'message',
  ])
    expect(await client.ask(event, {}), event).toEqual({ ok: false, error: 'unknown-request' });
  expect(await client.ask('token:renew', {}, {})).toEqual({ ok: false, error: 'invalid-payload' });
  expect(await client.ask('token:renew')).toEqual({ ok: false, error: 'invalid-payload' });
  client.socket.emit('unknown');
  client.socket.emit('signal:send');
  client.socket.emit('signal:send', null, () => undefined);
  await client.until('two refusals', () => client.heard['signal:refused'].length === 2);
  expect(client.heard['signal:refused']).toEqual([
    { error: 'participant-not-found' },
    { error: 'participant-not-found' },
  ]);
  await aPairMeets();
});

test.each([
  ['an event with a number for a name', '42[7,{}]'],
  ['an event with a number for a name and an acknowledgement', '420[7,{}]'],
  ['an event without arguments', '42["meeting:join"]'],
  ['an acknowledgement nobody asked for', '4399["x"]'],
  [
    'a payload thirty thousand deep',
    `42["meeting:join",${'['.repeat(30_000)}${']'.repeat(30_000)}]`,
  ],
])('%s does no harm', async (_name, frame) => {
  const { token } = await admitted(meeting);
  const raw = await RawConnection.enter(server.url, token);
  raw.socket.send(frame);
  raw.socket.send('4277["nothing:known",{}]');
  expect(await raw.frame('4377')).toBe('4377[{"ok":false,"error":"unknown-request"}]');
  await aPairMeets();
});

test.each([
  ['garbage', 'garbage'],
  ['an unknown packet type', '49'],
  ['a binary event with an attachment', '451-["meeting:join",{"_placeholder":true,"num":0}]'],
  ['a binary event without attachments', '450-["meeting:join",{}]'],
  ['a binary acknowledgement', '461-0[{"_placeholder":true,"num":0}]'],
  ['a connect error', '44{"message":"x"}'],
  ['an event that is no list', '42{"x":1}'],
  ['an event of an empty list', '42[]'],
  ['a reserved event', '42["disconnect"]'],
  ['JSON cut short', '42["meeting:join",{'],
  ['another namespace', '40/admin,{}'],
  ['an event in another namespace', '42/admin,["x"]'],
  ['sixty-five kilobytes', `42["x","${'x'.repeat(66_000)}"]`],
  ['brackets', `42${'['.repeat(60_000)}`],
])('%s ends the connection and nothing else', async (_name, frame) => {
  const { token } = await admitted(meeting);
  const raw = await RawConnection.enter(server.url, token);
  raw.socket.send(frame);
  await raw.closed();
  await aPairMeets();
});

test('binary frames end the connection, before and after entering', async () => {
  const { token } = await admitted(meeting);
  for (const raw of [
    await RawConnection.enter(server.url, token),
    await RawConnection.open(server.url),
  ]) {
    raw.socket.send(Buffer.alloc(100));
    await raw.closed();
  }
  await aPairMeets();
});

test('a message in a thousand fragments ends the connection', async () => {
  const raw = await RawConnection.open(server.url);
  for (let piece = 0; piece < 1_000; piece++) raw.socket.send('4', { fin: false });
  // Otherwise it would end as well, for want of a token, but later and without a reason.
  expect(await raw.closed()).toBe(TOO_MANY_PIECES);
  await aPairMeets();
});

test('a refused token may be tried three times on one connection', async () => {
  const raw = await RawConnection.open(server.url);
  for (let attempt = 0; attempt < 4; attempt++) raw.socket.send('40{"token":"x"}');
  await raw.closed();
  const refused = raw.frames.filter((frame) => frame.startsWith('44'));
  expect(refused.length).toBeLessThanOrEqual(3);
});

test('R37 long polling: a post of many messages ends the connection, a huge one is not read', async () => {
  const address = `${server.url}/socket.io/?EIO=4&transport=polling`;
  const open = async () => {
    const { sid } = JSON.parse((await (await fetch(address)).text()).slice(1)) as { sid: string };
    return (body: string) => fetch(`${address}&sid=${sid}`, { method: 'POST', body });
  };
  const many = await open();
  await many(Array.from({ length: 20_000 }, () => '3').join('\x1e'));
  expect((await many('3')).status).toBe(400);
  const huge = await open();
  expect((await huge('4'.repeat(70_000))).status).toBe(413);
  const ordinary = await open();
  expect((await ordinary(Array.from({ length: 160 }, () => '3').join('\x1e'))).status).toBe(200);
  await aPairMeets();
});

test('R37 whoever floods is refused, then cut off, and others are not', async () => {
  const [flooder, other] = [await joinMeeting(meeting), await joinMeeting(meeting)];
  for (let signal = 0; signal < 2_500; signal++) flooder.signal(other.participantId);
  await flooder.until('the end', () => flooder.disconnected);
  expect(flooder.heard['signal:refused'].length).toBeGreaterThan(0);
  expect(flooder.heard['signal:refused'][0]).toEqual({
    to: other.participantId,
    error: 'too-many-requests',
  });
  const asker = await joinMeeting(meeting);
  for (let request = 0; request < 1_500; request++) asker.socket.emit('token:renew', {});
  await asker.until('the end', () => asker.disconnected);
  expect((await other.request('token:renew', {})).ok).toBe(true);
});

test('whatever JSON is sent under whatever name, the answer is one of the closed list', async () => {
  const names = fc.oneof(fc.constantFrom(...Object.keys(requests)), fc.string({ maxLength: 30 }));
  const clients: TestClient[] = [];
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(
      names,
      fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 3 }),
      async (name, args) => {
        // Each connection sends less than its budget, so that the budget hides nothing.
        if (sent++ % 80 === 0) clients.unshift(await joinMeeting(await makeMeeting(server.url)));
        const client = clients[0];
        if (client === undefined || name === 'signal:send' || reserved.includes(name)) return;
        const reply = (await client.ask(name, ...args)) as { ok: boolean; error?: string };
        if (!reply.ok)
          expect(['invalid-payload', 'unknown-request', 'wrong-state', 'forbidden']).toContain(
            reply.error,
          );
      },
    ),
    { numRuns: 1_000 },
  );
  await aPairMeets();
});

/** Names that the official client refuses to send. */
const reserved = [
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
];

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < depth; level++) value = { value };
  return value;
}
