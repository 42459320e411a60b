// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest';
import { Doorstep } from './doorstep.ts';
import { Mesh } from './mesh.ts';
import { type Surroundings, pageSurroundings } from './surroundings.ts';
import { FakeServer } from './test/fake-server.ts';
import { eventually, alice, bob, cleo, page, two, connected } from './test/joined-pages.ts';

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

  test('R35 a link that breaks has the server’s connection prove that it still carries', async () => {
    const { server, a } = await two();
    await connected(a, bob);
    const renewals = () => server.requests.filter((one) => one === `${alice} token:renew`);
    expect(renewals()).toHaveLength(0);
    a.connections[0]?.listener.onState('disconnected');
    await eventually(() => expect(renewals()).toHaveLength(1));
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
    await a.meeting.command('policy:set', { locked: true });
    await eventually(() => expect(told).toEqual([true]));
  });

  test('R61 whom a host removes is told, while they are still there', async () => {
    const { server, a } = await two();
    const removed: string[] = [];
    a.meeting.events.on('removed', (id) => removed.push(`${id} of ${a.names().length}`));
    server.seats.get(alice)?.client.tell('participant:removed', { participant: bob });
    expect(removed).toEqual([`${bob} of 2`]);
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

const silent = {
  connect: () => undefined,
  reconnect: () => undefined,
  request: () => new Promise<never>(() => undefined),
  send: () => undefined,
  close: () => undefined,
};
