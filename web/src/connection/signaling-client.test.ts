import { Refusal } from '@confab/protocol';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { SignalingClient } from './signaling-client.ts';
import { id } from './test/sealed-people.ts';

type Listener = (content?: unknown) => void;

/** What the library would be, with its wire in the test's hands. */
class FakeSocket {
  connected = true;
  active = true;
  sent: unknown[][] = [];
  sendBuffer: unknown[] = [];
  answer: () => Promise<unknown> = () => Promise.resolve(undefined);
  readonly listeners = new Map<string, Listener>();
  readonly managerListeners = new Map<string, Listener>();
  readonly io = {
    opts: { transports: ['websocket', 'polling'] },
    engine: { transport: { name: 'polling' }, once: () => undefined },
    on: (name: string, listener: Listener) => this.managerListeners.set(name, listener),
    reconnectionDelayMax: () => undefined,
  };
  on(name: string, listener: Listener) {
    this.listeners.set(name, listener);
  }
  emit(...content: unknown[]) {
    this.sent.push(content);
  }
  connect() {
    this.sent.push(['connect']);
    return this;
  }
  disconnect() {
    this.sent.push(['disconnect']);
    return this;
  }
  timeout() {
    return { emitWithAck: () => this.answer() };
  }
}

let socket: FakeSocket;
vi.mock('socket.io-client', () => ({ io: () => socket }));

const heard: unknown[] = [];
let client: SignalingClient;
const hears = (name: string, content?: unknown) => socket.listeners.get(name)?.(content);

beforeEach(() => {
  socket = new FakeSocket();
  heard.length = 0;
  client = new SignalingClient({ token: () => 'token' });
  for (const name of [
    'connected',
    'silent',
    'lost',
    'trying',
    'refused',
    'meeting:changed',
    'signal:received',
  ] as const) {
    client.events.on(name, (content) => heard.push([name, content]));
  }
});

describe('notices', () => {
  const signal = { from: id(1), sealed: 'AAAA' };

  test('R1 one that fits is told', () => {
    hears('signal:received', signal);
    expect(heard).toEqual([['signal:received', signal]]);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a text', 'hello'],
    ['another sender’s name', { ...signal, from: '__proto__' }],
    ['more than agreed', { ...signal, to: id(2) }],
    ['sealed text that is none', { ...signal, sealed: '<b>' }],
  ])('R1 one that does not is passed over: %s', (_name, content) => {
    hears('signal:received', content);
    hears('meeting:changed', content);
    expect(heard).toEqual([]);
  });
});

describe('connecting', () => {
  test('R8 a connection that is being made is not asked for again, which would take its own seat', () => {
    socket.connected = false;
    client.connect();
    expect(socket.sent).toEqual([]);
  });

  test('one that nobody is making is asked for', () => {
    socket.connected = socket.active = false;
    client.connect();
    expect(socket.sent).toEqual([['connect']]);
  });
});

describe('requests', () => {
  const renew = () => client.request('token:renew', {});

  test('an answer that fits is the result', async () => {
    const data = { token: 'next', tokenLifetime: 60, iceServers: [] };
    socket.answer = () => Promise.resolve({ ok: true, data });
    expect(await renew()).toEqual(data);
  });

  test.each<[string, unknown, string]>([
    ['a refusal', { ok: false, error: 'forbidden' }, 'forbidden'],
    ['a refusal nobody agreed on', { ok: false, error: 'because' }, 'internal'],
    ['a result of another shape', { ok: true, data: { token: 5 } }, 'internal'],
    ['nothing', undefined, 'internal'],
    ['a text', 'ok', 'internal'],
  ])('%s', async (_name, answer, code) => {
    socket.answer = () => Promise.resolve(answer);
    await expect(renew()).rejects.toEqual(new Refusal(code as 'internal'));
    await expect(renew()).rejects.toMatchObject({ code });
  });

  test('no answer in time, and no connection to ask on', async () => {
    socket.answer = () => Promise.reject(new Error('operation has timed out'));
    await expect(renew()).rejects.toMatchObject({ code: 'timeout' });
    socket.connected = false;
    socket.answer = () =>
      Promise.resolve({ ok: true, data: { token: 'x', tokenLifetime: 60, iceServers: [] } });
    await expect(renew()).rejects.toMatchObject({ code: 'timeout' });
  });
});

test('R24 a signal without a connection is dropped, not kept for later', () => {
  client.send(id(2), 'AAAA');
  socket.connected = false;
  client.send(id(2), 'BBBB');
  expect(socket.sent).toEqual([['signal:send', { to: id(2), sealed: 'AAAA' }]]);
});

describe('the connection', () => {
  test('is told with what carries it', () => {
    hears('connect');
    expect(heard).toEqual([['connected', 'polling']]);
  });

  test('that stands already is told again to whoever asks for one', () => {
    client.connect();
    expect(socket.sent).toEqual([]);
    expect(heard).toEqual([['connected', 'polling']]);
  });

  test('comes back when the server has closed it on purpose', () => {
    socket.connected = socket.active = false;
    hears('disconnect', 'io server disconnect');
    expect(socket.sent).toEqual([['connect']]);
    expect(heard).toEqual([
      ['lost', null],
      ['trying', null],
    ]);
  });

  test('that is lost is made anew by the library, each of whose tries is told', () => {
    hears('disconnect', 'transport close');
    socket.managerListeners.get('reconnect_attempt')?.(1);
    socket.managerListeners.get('reconnect_attempt')?.(2);
    expect(socket.sent).toEqual([]);
    expect(heard).toEqual([
      ['lost', null],
      ['trying', null],
      ['trying', null],
    ]);
  });

  test('R9 that was given up for its silence is told as that', () => {
    hears('disconnect', 'ping timeout');
    expect(heard).toEqual([
      ['silent', null],
      ['lost', null],
    ]);
  });

  test('R35 does not give up after a round of tries, but begins another', () => {
    socket.managerListeners.get('reconnect_failed')?.();
    expect(socket.sent).toEqual([['connect']]);
    expect(heard).toEqual([['trying', null]]);
  });

  test('that is given up for another is told as a try', () => {
    client.reconnect();
    expect(socket.sent).toEqual([['disconnect'], ['connect']]);
    expect(heard).toEqual([['trying', null]]);
  });

  test('R24 leaves nothing behind that would come before the next join', () => {
    socket.sendBuffer.push('kept by the library while it was not sure');
    hears('disconnect', 'ping timeout');
    expect(socket.sendBuffer).toEqual([]);
  });

  test('does not when this page has', () => {
    hears('disconnect', 'io client disconnect');
    expect([socket.sent, heard]).toEqual([[], []]);
  });

  test('refused with a reason is told as that', () => {
    hears('connect_error', Object.assign(new Error('no'), { data: { error: 'token-expired' } }));
    hears('connect_error', Object.assign(new Error('no'), { data: { error: 'because' } }));
    expect(heard).toEqual([
      ['refused', 'token-expired'],
      ['refused', 'internal'],
    ]);
  });

  test('that neither opens nor is refused is not told as a refusal', () => {
    hears('connect_error', new Error('timeout'));
    expect(heard).toEqual([]);
  });
});
