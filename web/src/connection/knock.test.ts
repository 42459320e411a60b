import { Refusal, type ReplyData } from '@confab/protocol';
import vectors from '@confab/protocol/vectors.json';
import { beforeEach, expect, test, vi } from 'vitest';
import { Emitter } from './emitter.ts';
import { Knock } from './knock.ts';
import type { SignalingEvents, SignalingOptions } from './signaling-client.ts';
import { pageSurroundings } from './surroundings.ts';
import { ManualClock } from './test/manual-clock.ts';

const { secret, meetingId, addressee } = vectors.inputs;
const admission = {
  token: 'first',
  participantId: addressee.participantId,
  role: 'participant' as const,
  tokenLifetime: 120,
  waits: true,
};

let clock: ManualClock;
let place: () => Promise<ReplyData<'door:knock'>>;
let said: [string, unknown][];
let renewed: string[];
let token: () => string;
const client = {
  events: new Emitter<SignalingEvents>(),
  connect: vi.fn(),
  reconnect: vi.fn(),
  request: vi.fn(),
  send: vi.fn(),
  close: vi.fn(),
};

beforeEach(() => {
  vi.clearAllMocks();
  clock = new ManualClock();
  client.events = new Emitter<SignalingEvents>();
  place = () => Promise.resolve({ place: 2, token: 'next', tokenLifetime: 120 });
  client.request.mockImplementation((name: string) =>
    name === 'door:knock' ? place() : Promise.resolve({}),
  );
});

async function knocking() {
  const surroundings = {
    ...pageSurroundings,
    clock,
    certificate: () =>
      Promise.resolve({
        certificate: {} as RTCCertificate,
        fingerprint: Array(32).fill('AB').join(':'),
      }),
    connectTo: (options: SignalingOptions) => {
      token = options.token;
      return client as never;
    },
  };
  const knock = new Knock({ meetingId, secret, admission, name: 'Zoë' }, surroundings);
  said = [];
  const names = ['place', 'reached', 'busy', 'told', 'announced', 'admitted', 'refused'] as const;
  for (const name of names) knock.events.on(name, (content) => said.push([name, content]));
  renewed = [];
  knock.events.on('renewed', (fresh) => renewed.push(fresh));
  await knock.begin();
  return knock;
}

const connected = async () => {
  client.events.emit('connected', 'websocket');
  await vi.waitFor(() => expect(client.request).toHaveBeenCalled());
  await Promise.resolve();
};

test('R71 it knocks at every connection with the same hello, tells the place, and renews its token by knocking', async () => {
  await knocking();
  await connected();
  await vi.waitFor(() =>
    expect(said).toEqual([
      ['reached', true],
      ['place', 2],
    ]),
  );
  expect(token()).toBe('next');
  expect(renewed).toEqual(['next']);
  client.events.emit('knock:placed', { place: 1 });
  client.events.emit('lost', null);
  await connected();
  await vi.waitFor(() =>
    expect(said.slice(2, 4)).toEqual([
      ['place', 1],
      ['reached', false],
    ]),
  );
  clock.advance(60_000);
  await vi.waitFor(() => expect(client.request).toHaveBeenCalledTimes(3));
  const [first, ...others] = client.request.mock.calls;
  for (const other of others) expect(other).toEqual(first);
});

test('R71 whoever is let in gets what a seat is taken with, and the connection ends', async () => {
  await knocking();
  await connected();
  await vi.waitFor(() => expect(token()).toBe('next'));
  client.events.emit('knock:answered', { admitted: true });
  const { waits: _w, ...seat } = admission;
  expect(said.at(-1)).toEqual(['admitted', { ...seat, token: 'next' }]);
  expect(client.close).toHaveBeenCalled();
});

test('R80 what whoever runs the server says is heard here, too', async () => {
  await knocking();
  await connected();
  client.events.emit('server:announced', { text: 'Back at noon' });
  expect(said.at(-1)).toEqual(['announced', 'Back at noon']);
});

test('R71 whoever need not wait is let in at once', async () => {
  place = () => Promise.resolve({ place: 0, token: 'next', tokenLifetime: 120 });
  await knocking();
  await connected();
  await vi.waitFor(() => expect(said.at(-1)?.[0]).toBe('admitted'));
});

test.each([
  ['denied', () => client.events.emit('knock:answered', { admitted: false })],
  ['meeting-ended', () => client.events.emit('meeting:ended', {})],
  ['meeting-locked', () => client.events.emit('refused', 'meeting-locked')],
] as const)('R71 it ends with %s, and for good', async (code, happens) => {
  await knocking();
  await connected();
  happens();
  expect(said.at(-1)).toEqual(['refused', code]);
  client.events.emit('knock:answered', { admitted: true });
  expect(said.at(-1)).toEqual(['refused', code]);
});

test('R71 a server that stops or fails is asked again a little later', async () => {
  place = () => Promise.reject(new Refusal('internal'));
  await knocking();
  await connected();
  await vi.waitFor(() => expect(said).toEqual([['reached', false]]));
  expect(client.reconnect).not.toHaveBeenCalled();
  clock.advance(1_000);
  expect(client.reconnect).toHaveBeenCalledOnce();
});

test('R71 where too many ask, that is said, and asked again a little later', async () => {
  place = () => Promise.reject(new Refusal('too-many-requests'));
  await knocking();
  await connected();
  const told = [
    ['reached', true],
    ['busy', null],
  ];
  await vi.waitFor(() => expect(said).toEqual(told));
  clock.advance(1_000);
  expect(client.reconnect).toHaveBeenCalledOnce();
});

test('R72 what a host says is opened; what does not open is passed over', async () => {
  await knocking();
  await connected();
  client.events.emit('knock:told', { sealed: 'AAAA' });
  client.events.emit('knock:told', { sealed: vectors.note.sealed });
  await vi.waitFor(() => expect(said.at(-1)).toEqual(['told', JSON.parse(vectors.note.body)]));
  expect(said.filter(([name]) => name === 'told')).toHaveLength(1);
});
