// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { type RefusedSignals } from './meeting-events.ts';
import { fromBase64url, toBase64url } from './sealing/base64url.ts';
import { deriveSenderKey } from './sealing/keys.ts';
import { openSignal } from './sealing/opener.ts';
import { Sealer } from './sealing/sealer.ts';
import { fakeFingerprint, fakeSdp } from './test/fake-connection.ts';
import { type Relayed, FakeServer } from './test/fake-server.ts';
import {
  eventually,
  meetingId,
  secret,
  idOf,
  alice,
  bob,
  cleo,
  page,
  nothing,
  two,
  connected,
  secretOf,
} from './test/joined-pages.ts';

/** Changes one byte of what is sealed. */
function flip(sealed: string, index: number): string {
  const bytes = fromBase64url(sealed) ?? new Uint8Array();
  return toBase64url(bytes.map((byte, at) => (at === index ? byte ^ 1 : byte)));
}

describe('an evil server', () => {
  test.each<[string, (signal: Relayed) => string, keyof RefusedSignals]>([
    ['a byte of the ciphertext', ({ sealed }) => flip(sealed, 60), 'altered'],
    ['the purpose', ({ sealed }) => flip(sealed, 1), 'altered'],
    ['the addressee', ({ sealed }) => flip(sealed, 20), 'stale'],
    ['the counter', ({ sealed }) => flip(sealed, 41), 'altered'],
    ['the end cut off', ({ sealed }) => sealed.slice(0, -24), 'altered'],
    ['all but a few bytes cut off', ({ sealed }) => sealed.slice(0, 8), 'altered'],
    ['everything', () => 'AAAA', 'altered'],
  ])('R19 %s changed: no link opens, and it is told', async (_name, change, kind) => {
    const { a, b } = await two((signal) => [{ ...signal, sealed: change(signal) }]);
    await eventually(() => expect(a.refused[bob] ?? nothing).toEqual({ ...nothing, [kind]: 1 }));
    expect(a.connections).toEqual([]);
    expect(b.links[alice]).toBe('connecting');
  });

  test('R19 a sender’s page load that never was: told when nobody by that name has come for 10 s', async () => {
    const { a } = await two((signal) => [{ ...signal, sealed: flip(signal.sealed, 5) }]);
    await eventually(() => expect(a.clock.next).toBeLessThan(Infinity));
    await eventually(() => {
      a.clock.advance(10_000);
      expect(a.refused[bob]).toEqual({ ...nothing, stale: 1 });
    });
    expect(a.connections).toEqual([]);
  });

  test('R19 R22 another sender’s name put on a signal: refused', async () => {
    const { server, a } = await two();
    await connected(a, bob);
    const c = page(server, cleo, 'Cleo');
    server.relay = (signal) => (signal.from === cleo ? [{ ...signal, from: bob }] : [signal]);
    await c.meeting.join();
    await eventually(() => expect(server.carried.some(({ from }) => from === cleo)).toBe(true));
    await eventually(() => {
      a.clock.advance(10_000);
      expect(a.refused[bob]?.stale).toBeGreaterThan(0);
    });
    expect(a.links[cleo] ?? 'no link').not.toBe('ok');
    expect(a.links[bob]).toBe('ok');
  });

  test('R19 a signal delivered to somebody else: refused', async () => {
    const { server, a, b } = await two();
    await connected(a, bob);
    const c = page(server, cleo, 'Cleo');
    await c.meeting.join();
    await connected(c, bob);
    const before = a.connections.length;
    const toBob = server.carried.find(({ from, to }) => from === cleo && to === bob);
    server.seats
      .get(alice)
      ?.client.tell('signal:received', { from: cleo, sealed: toBob?.sealed ?? '' });
    await eventually(() => expect(a.refused[cleo]).toEqual({ ...nothing, stale: 1 }));
    expect(a.connections).toHaveLength(before);
    expect(b.refused).toEqual({});
  });

  test('R19 replays change nothing and are counted, the call works', async () => {
    const { a, b } = await two((signal) => [signal, signal, signal]);
    await connected(a, bob);
    await connected(b, alice);
    await eventually(() => expect(a.refused[bob]?.repeated ?? 0).toBeGreaterThanOrEqual(2));
    expect(a.connections.map(({ accepted }) => accepted)).toEqual([['offer first']]);
    expect(b.connections.map(({ accepted }) => accepted)).toEqual([['answer x']]);
  });

  test('R8 R19 the signals of an earlier page load do not work on the next', async () => {
    const { server, a, b } = await two();
    await connected(a, bob);
    const old = server.carried.filter(({ from }) => from === bob);
    b.meeting.close();
    const again = page(server, bob, 'Bob', undefined, { resume: b.seats.at(-1)?.resume });
    await again.meeting.join();
    await connected(again, alice);
    await eventually(() => expect(a.connections).toHaveLength(2));
    for (const { sealed } of old)
      server.seats.get(alice)?.client.tell('signal:received', { from: bob, sealed });
    await eventually(() => expect(a.refused[bob]?.stale).toBe(old.length));
    expect(a.connections).toHaveLength(2);
  });

  test('R25 re-ordering only delays', async () => {
    const held: Relayed[] = [];
    const { server, a, b } = await two((signal) => {
      held.unshift(signal);
      return [];
    });
    const release = () => {
      for (const { from, to, sealed } of held.splice(0)) {
        server.seats.get(to)?.client.tell('signal:received', { from, sealed });
      }
    };
    await eventually(() => {
      release();
      b.clock.advance(50);
      a.clock.advance(50);
      expect([a.links[bob], b.links[alice]]).toEqual(['ok', 'ok']);
    });
  });

  test('R26 a certificate swapped by somebody who knows the link: no link opens, and it is told as that', async () => {
    const between = fakeFingerprint(250);
    const { server, a, b } = await two(() => []);
    await eventually(() => expect(server.carried).not.toEqual([]));
    const { from, to, sealed } = server.carried[0] ?? { from: '', to: '', sealed: '' };
    const incarnationOf = (id: string) => server.seats.get(id)?.incarnation ?? '';
    const sender = { participantId: from, incarnation: incarnationOf(from) };
    const addressee = { participantId: to, incarnation: incarnationOf(to) };
    const key = await deriveSenderKey(secret, meetingId, from, sender.incarnation);
    const { signal } = await openSignal(key, meetingId, sender, addressee, sealed);
    const forged = await new Sealer(key, meetingId, sender).sealSignal(addressee, {
      ...signal,
      body: { type: 'offer', sdp: fakeSdp(between) },
    });
    server.seats.get(to)?.client.tell('signal:received', { from, sealed: forged });
    await eventually(() => expect(a.refused[bob]).toEqual({ ...nothing, fingerprint: 1 }));
    expect(a.links[bob]).toBe('lost');
    expect(a.connections).toEqual([]);
    expect(b.links[alice]).toBe('connecting');
  });

  test('R20 a hello put in by somebody without the link: no name, no link, and it is told', async () => {
    const server = new FakeServer();
    const a = page(server, alice, 'Alice');
    await a.meeting.join();
    const key = await deriveSenderKey(secretOf(9), meetingId, bob, idOf(77));
    const sealer = new Sealer(key, meetingId, { participantId: bob, incarnation: idOf(77) });
    const hello = await sealer.sealHello({ name: 'Bob', fingerprint: fakeFingerprint(3) });
    const seat = server.seats.get(alice);
    if (!seat) throw new Error('Alice has no seat');
    server.seats.set(bob, { ...seat, id: bob, arrival: 2, incarnation: idOf(77), hello });
    server.announce();
    await eventually(() => expect(a.names()).toEqual(['Alice', null]));
    expect(a.refused[bob]).toEqual({ ...nothing, altered: 1 });
    expect(a.connections).toEqual([]);
  });

  test('R7 an older snapshot does not undo a newer one', async () => {
    const { server, a } = await two();
    await connected(a, bob);
    await eventually(() => expect(a.names()).toEqual(['Alice', 'Bob']));
    const { participants, policy } = server.snapshot();
    const client = server.seats.get(alice)?.client;
    client?.tell('meeting:changed', { version: 1, participants: participants.slice(0, 1), policy });
    client?.tell('meeting:changed', { version: 0, participants: [], policy });
    await a.meeting.setTrack('camera', null);
    expect(a.connections.map(({ closed }) => closed)).toEqual([false]);
    expect(a.names()).toEqual(['Alice', 'Bob']);
  });

  test('a server that lists nobody closes links but nothing breaks; when it lists them again they return', async () => {
    const { server, a } = await two();
    await connected(a, bob);
    const client = server.seats.get(alice)?.client;
    client?.tell('meeting:changed', { ...server.snapshot(), participants: [] });
    await eventually(() => expect(a.connections.map(({ closed }) => closed)).toEqual([true]));
    server.announce();
    await eventually(() => expect(a.names()).toEqual(['Alice', 'Bob']));
  });
});
