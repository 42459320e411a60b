// @vitest-environment happy-dom
import { Refusal } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { Unreachable } from './meetings-api.ts';
import { FakeServer } from './test/fake-server.ts';
import {
  eventually,
  alice,
  bob,
  cleo,
  page,
  two,
  connected,
  secretOf,
} from './test/joined-pages.ts';

describe('a token that ran out while there was no server', () => {
  const expire = (server: FakeServer) =>
    server.seats.get(alice)?.client.tell('refused', 'token-expired');
  const asCleo = () =>
    Promise.resolve({
      token: cleo,
      participantId: cleo,
      role: 'participant' as const,
      tokenLifetime: 60,
    });

  test('another seat is asked for, and the links are made anew', async () => {
    const server = new FakeServer();
    const a = page(server, alice, 'Alice', asCleo);
    const b = page(server, bob, 'Bob');
    await a.meeting.join();
    await b.meeting.join();
    await connected(a, bob);
    expire(server);
    await eventually(() => expect(a.states.slice(-2)).toEqual(['reconnecting', 'connected']));
    await eventually(() => expect(a.meeting.participantId).toBe(cleo));
    expect(a.seats.at(-1)).toMatchObject({ participantId: cleo, token: cleo });
    await connected(b, cleo);
  });

  test('R35 the links there are carry on until another seat stands', async () => {
    const server = new FakeServer();
    let admit: () => void = () => undefined;
    const a = page(server, alice, 'Alice', async () => {
      await new Promise<void>((resolve) => (admit = resolve));
      return asCleo();
    });
    const b = page(server, bob, 'Bob');
    await a.meeting.join();
    await b.meeting.join();
    await connected(a, bob);
    expire(server);
    await eventually(() => expect(a.states.at(-1)).toBe('reconnecting'));
    a.clock.advance(60_000);
    let connect: (() => void) | null = null;
    const connectTo = server.connectTo;
    server.connectTo = (options) => {
      const client = connectTo(options);
      const held = () => {
        connect = () => client.events.emit('connected', 'websocket');
      };
      return Object.assign(client, { connected: true, connect: held });
    };
    admit();
    await eventually(() => expect(connect).not.toBe(null));
    expect(a.connections.map(({ closed }) => closed)).toEqual([false]);
    expect(a.meeting.participantId).toBe(alice);
    (connect as (() => void) | null)?.();
    await eventually(() => expect(a.connections[0]?.closed).toBe(true));
    expect(a.meeting.participantId).toBe(cleo);
  });

  test('R8 nothing is shown for another seat, and what was given for it is told', async () => {
    const server = new FakeServer();
    const a = page(server, alice, 'Alice', asCleo);
    await a.meeting.join();
    expire(server);
    await eventually(() =>
      expect(a.seats.at(-1)).toEqual({
        participantId: cleo,
        token: cleo,
        resume: server.resumes.get(cleo),
      }),
    );
  });

  test('a refusal ends it', async () => {
    const server = new FakeServer();
    const a = page(server, alice, 'Alice', () => Promise.reject(new Refusal('passcode-required')));
    await a.meeting.join();
    expire(server);
    await eventually(() => expect(a.states.at(-1)).toBe('refused'));
  });

  test('a server out of reach, or one that has forgotten the meeting, is asked again', async () => {
    const server = new FakeServer();
    const answers = [new Unreachable(), new Refusal('meeting-not-found')];
    const a = page(server, alice, 'Alice', () => {
      const answer = answers.shift();
      return answer ? Promise.reject(answer) : asCleo();
    });
    await a.meeting.join();
    expire(server);
    await eventually(() => {
      a.clock.advance(1_000);
      expect(a.states.at(-1)).toBe('connected');
      // The seat stands once its snapshot is opened, which is after it was taken.
      expect(a.meeting.participantId).toBe(cleo);
    });
    expect(a.forgotten).toBe(true);
  });

  test('whoever has never been in is told at once that there is nothing to come to', async () => {
    const server = new FakeServer();
    const connect = server.connectTo;
    server.connectTo = (options) => {
      const client = connect(options);
      return Object.assign(client, {
        connect: () => client.events.emit('refused', 'token-expired'),
      });
    };
    const a = page(server, alice, 'Alice', () => Promise.reject(new Refusal('meeting-not-found')));
    await expect(a.meeting.join()).rejects.toMatchObject({ code: 'meeting-not-found' });
  });
});

describe('R8 a seat that is somebody else’s by now', () => {
  test('R8 for whoever was in it, it was taken', async () => {
    const { server, a } = await two();
    server.seats.get(alice)?.client.lose();
    server.resumes.set(alice, secretOf(77));
    server.seats.get(alice)?.client.connect();
    await eventually(() => expect(a.states.at(-1)).toBe('taken'));
    expect(a.connections.map(({ closed }) => closed)).not.toContain(false);
  });

  test('R8 for a page that was loaded anew, it is refused', async () => {
    const server = new FakeServer();
    server.resumes.set(alice, secretOf(77));
    const resume = secretOf(78);
    const a = page(server, alice, 'Alice', undefined, { resume });
    await expect(a.meeting.join()).rejects.toMatchObject({ code: 'resume-invalid' });
    expect(a.seats).toEqual([]);
  });
});
