import type { RefusalCode } from '@confab/protocol';
import { Refusal } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { Emitter } from './emitter.ts';
import { ServerPresence } from './server-presence.ts';
import type { SignalingEvents } from './signaling-client.ts';
import { pageSurroundings } from './surroundings.ts';
import { ManualClock } from './test/manual-clock.ts';
import { id, person } from './test/sealed-people.ts';

/** A presence, and a server that answers each join as the test says. */
async function presence() {
  const { self, sealer, participant } = await person(10, 1);
  const clock = new ManualClock();
  const events = new Emitter<SignalingEvents>();
  const log: string[] = [];
  let answer: RefusalCode | { participantId: string } = { participantId: self.participantId };
  const client = {
    events,
    connect: () => log.push('connect'),
    reconnect: () => log.push('reconnect'),
    send: () => undefined,
    close: () => log.push('close'),
    request: (name: string) => {
      if (name !== 'meeting:join') return Promise.resolve({});
      if (typeof answer === 'string') return Promise.reject(new Refusal(answer));
      const snapshot = { version: 1, participants: [] };
      return Promise.resolve({
        ...answer,
        snapshot,
        iceServers: [],
        token: 'next',
        tokenLifetime: 600,
      });
    },
  };
  const surroundings = { ...pageSurroundings, clock, connectTo: () => client as never };
  const server = new ServerPresence({
    admission: {
      token: 'first',
      participantId: self.participantId,
      role: 'host',
      tokenLifetime: 600,
    },
    entry: { self, sealer, hello: participant.hello },
    media: { microphone: true, camera: true },
    surroundings,
    listener: {
      onSeated: () => log.push('seated'),
      onTransport: (transport) => log.push(transport),
      onLost: (attempt) => log.push(`lost ${attempt}`),
      onRefused: (code) => log.push(code),
    },
  });
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  const connected = async (next: typeof answer) => {
    answer = next;
    log.length = 0;
    events.emit('connected', 'websocket');
    await settle();
  };
  const own = { participantId: self.participantId };
  return { server, clock, events, log, connected, own };
}

test('a join takes the seat and its fresh token', async () => {
  const { server, log, connected, own } = await presence();
  await connected(own);
  expect(log).toEqual(['seated', 'websocket']);
  expect(server.token).toBe('next');
});

test('a seat of somebody else is not taken', async () => {
  const { log, connected } = await presence();
  await connected({ participantId: id(99) });
  expect(log).toEqual(['close', 'token-invalid']);
});

describe('refusals that pass', () => {
  test.each<RefusalCode>(['server-draining', 'too-many-requests', 'internal', 'timeout'])(
    '%s',
    async (code) => {
      const { clock, log, connected, own } = await presence();
      await connected(code);
      expect(log).toEqual(['lost 1']);
      clock.advance(1_000);
      expect(log).toEqual(['lost 1', 'reconnect']);
      await connected(own);
      expect(log).toEqual(['seated', 'websocket']);
      clock.advance(60_000);
      expect(log).not.toContain('reconnect');
    },
  );
});

describe('refusals for good', () => {
  test.each<RefusalCode>([
    'meeting-not-found',
    'token-invalid',
    'meeting-full',
    'meeting-ended',
    'token-expired',
    'forbidden',
    'origin-refused',
  ])('%s', async (code) => {
    const { clock, events, log, connected } = await presence();
    await connected(code);
    expect(log).toEqual(['close', code]);
    events.emit('reconnecting', 1);
    clock.advance(60_000);
    expect(log).toEqual(['close', code]);
  });
});

test.each<RefusalCode>(['meeting-not-found', 'token-invalid'])(
  'R35 a server that forgot the meeting (%s) does not end it for those who are in it',
  async (code) => {
    const { clock, log, connected, own } = await presence();
    await connected(own);
    await connected(code);
    clock.advance(1_000);
    expect(log).toEqual(['lost 1', 'reconnect']);
  },
);

test('a meeting that was ended is over for those who are in it', async () => {
  const { log, connected, own } = await presence();
  await connected(own);
  await connected('meeting-ended');
  expect(log).toEqual(['close', 'meeting-ended']);
});
