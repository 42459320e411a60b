import { Refusal } from '@confab/protocol';
import { describe, expect, test, vi } from 'vitest';
import { Doorstep } from './doorstep.ts';
import type { MeetingEvents, RefusedSignals } from './meeting-events.ts';
import { MeetingConnection, type MeetingConnectionOptions } from './meeting-connection.ts';
import { Unreachable } from './meetings-api.ts';
import { Mesh } from './mesh.ts';
import { fromBase64url, toBase64url } from './sealing/base64url.ts';
import { deriveSenderKey } from './sealing/keys.ts';
import { openSignal } from './sealing/opener.ts';
import { Sealer } from './sealing/sealer.ts';
import { type Surroundings, pageSurroundings } from './surroundings.ts';
import { FakeConnection, fakeFingerprint, fakeSdp } from './test/fake-connection.ts';
import { type Relayed, FakeServer } from './test/fake-server.ts';
import { ManualClock } from './test/manual-clock.ts';

const meetingId = toBase64url(new Uint8Array(16).fill(1));
const secret = toBase64url(new Uint8Array(32).fill(2));
const idOf = (byte: number) => toBase64url(new Uint8Array(16).fill(byte));
const alice = idOf(10);
const bob = idOf(11);
const cleo = idOf(12);

// Sealing takes the time it takes on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 10 });

/** A page in the meeting, with what it was told. */
function page(
  server: FakeServer,
  id: string,
  name: string,
  admit: MeetingConnectionOptions['admit'] = () => Promise.reject(new Error('not asked for here')),
  more: { doorstep?: Doorstep; resume?: string | undefined } = {},
) {
  const clock = new ManualClock();
  const fingerprint = fakeFingerprint(id.charCodeAt(0) + id.charCodeAt(2));
  const connections: FakeConnection[] = [];
  const surroundings: Surroundings = {
    clock,
    certificate: () => Promise.resolve({ certificate: {} as RTCCertificate, fingerprint }),
    connectTo: (options) => server.connectTo(options),
    openConnection: (_settings, options, listener) => {
      const connection = new FakeConnection(options, listener, fingerprint);
      connections.push(connection);
      return connection;
    },
  };
  const meeting = new MeetingConnection(
    {
      meetingId,
      secret,
      admission: { token: id, participantId: id, role: 'participant', tokenLifetime: 3_600 },
      name,
      media: { microphone: true, camera: true },
      tracks: {},
      admit,
      doorstep: more.doorstep,
      resume: more.resume ?? null,
    },
    surroundings,
  );
  const links: Record<string, string> = {};
  const refused: Record<string, RefusedSignals> = {};
  const states: string[] = [];
  let names: (string | null)[] = [];
  meeting.events.on('link', (link) => (links[link.participantId] = link.standing));
  meeting.events.on('refused', (news) => (refused[news.participantId] = news.refused));
  const seats: MeetingEvents['seat'][] = [];
  const seen = { forgotten: false };
  meeting.events.on('connection', (state) => {
    states.push(state.status);
    if (state.status === 'reconnecting' && state.forgotten) seen.forgotten = true;
  });
  meeting.events.on('seat', (seat) => seats.push(seat));
  meeting.events.on('participants', (all) => (names = all.map((one) => one.name)));
  return {
    meeting,
    clock,
    connections,
    links,
    refused,
    states,
    seats,
    names: () => names,
    get forgotten() {
      return seen.forgotten;
    },
  };
}

type Page = ReturnType<typeof page>;
const nothing = { fingerprint: 0, altered: 0, repeated: 0, stale: 0 };

async function two(relay?: (signal: Relayed) => Relayed[]) {
  const server = new FakeServer();
  if (relay) server.relay = relay;
  const a = page(server, alice, 'Alice');
  const b = page(server, bob, 'Bob');
  await a.meeting.join();
  await b.meeting.join();
  return { server, a, b };
}

const connected = (one: Page, other: string) =>
  eventually(() => expect(one.links[other] ?? 'no link').toBe('ok'));

describe('an honest server', () => {
  test('two people are connected, know each other’s names, and nothing is refused', async () => {
    const { a, b } = await two();
    await connected(a, bob);
    await connected(b, alice);
    expect(a.names()).toEqual(['Alice', 'Bob']);
    expect(b.names()).toEqual(['Alice', 'Bob']);
    expect([a.refused, b.refused]).toEqual([{}, {}]);
  });

  test('R30 each pair has one connection, and the newcomer offers', async () => {
    const { server, a, b } = await two();
    await connected(a, bob);
    const c = page(server, cleo, 'Cleo');
    await c.meeting.join();
    await connected(c, alice);
    await connected(c, bob);
    expect(a.connections.map(({ initiator }) => initiator)).toEqual([false, false]);
    expect(b.connections.map(({ initiator }) => initiator)).toEqual([true, false]);
    expect(c.connections.map(({ initiator }) => initiator)).toEqual([true, true]);
  });

  test('a join has sent its offers, so that drawing the meeting does not hold them up', async () => {
    const { server } = await two();
    expect(server.carried.map(({ from, to }) => ({ from, to }))).toContainEqual({
      from: bob,
      to: alice,
    });
  });

  test('a join does not wait long for links that cannot be offered', async () => {
    const server = new FakeServer();
    const a = page(server, alice, 'Alice');
    await a.meeting.join();
    const seat = server.seats.get(alice);
    if (seat) seat.presence = 'reconnecting';
    const b = page(server, bob, 'Bob');
    let joined = false;
    void b.meeting.join().then(() => (joined = true));
    await eventually(() => expect(b.names()).toEqual(['Alice', 'Bob']));
    await new Promise((turn) => setTimeout(turn));
    expect(joined).toBe(false);
    b.clock.advance(100);
    await eventually(() => expect(joined).toBe(true));
  });

  test('R8 a page that loads anew gets a new link, and its old one is closed', async () => {
    const { server, a, b } = await two();
    await connected(a, bob);
    b.meeting.close();
    const again = page(server, bob, 'Bob', undefined, { resume: b.seats.at(-1)?.resume });
    await again.meeting.join();
    await connected(again, alice);
    await eventually(() => expect(a.connections).toHaveLength(2));
    expect(a.connections.map(({ closed }) => closed)).toEqual([true, false]);
  });

  test('R35 the loss of the server’s connection and a resume change no link', async () => {
    const { server, a, b } = await two();
    await connected(a, bob);
    const client = server.seats.get(bob)?.client;
    client?.lose();
    expect(b.states.at(-1)).toBe('reconnecting');
    client?.connect();
    await eventually(() => expect(b.states.at(-1)).toBe('connected'));
    await eventually(() =>
      expect(server.requests.filter((one) => one.endsWith('join'))).toHaveLength(3),
    );
    expect(b.connections.map(({ closed }) => closed)).toEqual([false]);
    expect(a.connections.map(({ closed }) => closed)).toEqual([false]);
  });

  test('whoever is back has every link looked after, whoever has just come has not', async () => {
    const suspect = vi.spyOn(Mesh.prototype, 'suspect');
    const { server, b } = await two();
    expect(suspect).not.toHaveBeenCalled();
    server.seats.get(bob)?.client.lose();
    server.seats.get(bob)?.client.connect();
    await eventually(() => expect(b.states.at(-1)).toBe('connected'));
    expect(suspect).toHaveBeenCalledOnce();
    suspect.mockRestore();
  });

  test('who has mended the network and tries now is back at once, and has the links looked after', async () => {
    const suspect = vi.spyOn(Mesh.prototype, 'suspect');
    const { server, b } = await two();
    b.clock.advance(1_000);
    server.seats.get(bob)?.client.lose();
    expect(b.states.at(-1)).toBe('reconnecting');
    b.meeting.tryNow();
    expect(suspect).toHaveBeenCalled();
    await eventually(() => expect(b.states.at(-1)).toBe('connected'));
    suspect.mockRestore();
  });

  test('replacing a track and telling what is on costs no signal', async () => {
    const { server, a, b } = await two();
    await connected(a, bob);
    await connected(b, alice);
    const before = server.carried.length;
    await a.meeting.setTrack('camera', null);
    a.meeting.setMedia({ microphone: true, camera: false });
    await eventually(() => expect(server.requests).toContain(`${alice} presence:update`));
    expect(server.carried.length).toBe(before);
  });

  test('R48 what a host sets is told to everybody', async () => {
    const { a, b } = await two();
    const told: boolean[] = [];
    b.meeting.events.on('policy', ({ locked }) => told.push(locked));
    await a.meeting.setPolicy({ locked: true });
    await eventually(() => expect(told).toEqual([true]));
  });

  test('whoever leaves says so, and all is closed', async () => {
    const { server, a } = await two();
    await connected(a, bob);
    await a.meeting.leave();
    expect(server.requests).toContain(`${alice} meeting:leave`);
    expect(a.states.at(-1)).toBe('closed');
    expect(a.connections.map(({ closed }) => closed)).toEqual([true]);
  });

  test('R8 a seat taken elsewhere closes this page’s part', async () => {
    const { server, a } = await two();
    await connected(a, bob);
    server.seats.get(alice)?.client.tell('seat:taken', {});
    expect(a.states.at(-1)).toBe('taken');
    expect(a.connections.map(({ closed }) => closed)).toEqual([true]);
  });

  test('a name of which nothing is left is refused before anything is asked', async () => {
    const server = new FakeServer();
    const nobody = page(server, alice, '\u200b');
    await expect(nobody.meeting.join()).rejects.toMatchObject({ code: 'invalid-payload' });
    expect(server.requests).toEqual([]);
  });

  test('a server that does not answer within 15 s counts as unreachable', async () => {
    const server = new FakeServer();
    server.connectTo = () => ({
      ...silent,
      events: new FakeServer().connectTo({ token: () => '' }).events,
    });
    const a = page(server, alice, 'Alice');
    const joining = a.meeting.join();
    a.clock.advance(15_000);
    await expect(joining).rejects.toMatchObject({ name: 'Unreachable' });
    expect(a.states).toEqual(['connecting', 'closed']);
  });
});

const silent = {
  connect: () => undefined,
  reconnect: () => undefined,
  request: () => new Promise<never>(() => undefined),
  send: () => undefined,
  close: () => undefined,
};

/** Changes one byte of what is sealed. */
function flip(sealed: string, index: number): string {
  const bytes = fromBase64url(sealed) ?? new Uint8Array();
  return toBase64url(bytes.map((byte, at) => (at === index ? byte ^ 1 : byte)));
}

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
    server.resumes.set(alice, idOfSecret(77));
    server.seats.get(alice)?.client.connect();
    await eventually(() => expect(a.states.at(-1)).toBe('taken'));
    expect(a.connections.map(({ closed }) => closed)).not.toContain(false);
  });

  test('R8 for a page that was loaded anew, it is refused', async () => {
    const server = new FakeServer();
    server.resumes.set(alice, idOfSecret(77));
    const resume = idOfSecret(78);
    const a = page(server, alice, 'Alice', undefined, { resume });
    await expect(a.meeting.join()).rejects.toMatchObject({ code: 'resume-invalid' });
    expect(a.seats).toEqual([]);
  });
});

describe('a page that is left', () => {
  test('lets its links go, and makes them anew if it is looked at again after all', async () => {
    const { a, b } = await two();
    await connected(a, bob);
    dispatchEvent(new Event('pagehide'));
    expect(a.connections.map(({ closed }) => closed)).toEqual([true]);
    dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await eventually(() => {
      a.clock.advance(1_000);
      b.clock.advance(1_000);
      expect(a.connections.at(-1)?.closed).toBe(false);
      expect(a.links[bob]).toBe('ok');
    });
  });

  test('comes back to its seat when it is looked at again', async () => {
    const { server, a } = await two();
    a.clock.advance(10_000);
    server.seats.get(alice)?.client.lose();
    dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    await eventually(() => expect(a.states.at(-1)).toBe('connected'));
  });
});

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
    const key = await deriveSenderKey(idOfSecret(9), meetingId, bob, idOf(77));
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

const idOfSecret = (byte: number) => toBase64url(new Uint8Array(32).fill(byte));

describe('a connection that stands ready', () => {
  function doorstepAt(server: FakeServer) {
    const clients: ReturnType<FakeServer['connectTo']>[] = [];
    const connectTo: Surroundings['connectTo'] = (options) => {
      const client = server.connectTo(options);
      clients.push(client);
      return client;
    };
    return {
      clients,
      doorstep: new Doorstep({ token: alice }, { ...pageSurroundings, connectTo }),
    };
  }
  const unasked = () => Promise.reject(new Error('not asked for here'));

  test('shows nobody that somebody stands there, and carries the join', async () => {
    const server = new FakeServer();
    const { doorstep, clients } = doorstepAt(server);
    expect(server.requests).toEqual([]);
    const a = page(server, alice, 'Alice', unasked, { doorstep });
    await a.meeting.join();
    expect(server.requests[0]).toBe(`${alice} meeting:join`);
    expect(server.seats.get(alice)?.client).toBe(clients[0]);
  });

  test('is closed by whoever does not join after all', async () => {
    const server = new FakeServer();
    const { doorstep, clients } = doorstepAt(server);
    const nobody = page(server, alice, '\u200b', unasked, { doorstep });
    await expect(nobody.meeting.join()).rejects.toMatchObject({ code: 'invalid-payload' });
    expect(clients).toMatchObject([{ connected: false }]);
  });
});
