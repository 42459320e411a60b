import type { Payload } from '@confab/protocol';
import { expect, test } from 'vitest';
import { SettingsError } from '../src/settings-error.ts';
import { at, redisWithNodes, SECRET } from './nodes.ts';
import { RedisServer } from './redis-server.ts';
import { startProcess } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';
import { newId, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

/** Somebody who comes back to their seat, to whichever node is told. */
class Returner {
  client!: TestClient;
  readonly incarnation = newId();
  readonly clients: TestClient[] = [];
  private readonly token: string;

  private constructor(token: string) {
    this.token = token;
  }

  static async join(meeting: TestMeeting, more: object = {}): Promise<Returner> {
    const { token } = await admitted(meeting, more);
    const one = new Returner(token);
    await one.comeTo(meeting);
    return one;
  }

  get id(): string {
    return this.client.participantId;
  }

  /** Tries until it is let in, as the app does. */
  async comeTo({ url }: { url: string }): Promise<void> {
    const { resume } = (this.client as TestClient | undefined) ?? { resume: '' };
    const arriving: Partial<Payload<'meeting:join'>> = { incarnation: this.incarnation };
    if (resume !== '') arriving.resume = resume;
    await expect
      .poll(
        async () => {
          try {
            this.client = await TestClient.connect(url, this.token);
            this.clients.push(this.client);
            await this.client.join(arriving);
            return 'in';
          } catch (fault) {
            return (fault as Error).message;
          }
        },
        { timeout: 20_000 },
      )
      .toBe('in');
  }

  async wasClosed(): Promise<void> {
    await this.client.until('the end', () => this.client.disconnected === 'transport close');
  }

  say(text: string) {
    const sealed = Buffer.from(text).toString('base64url');
    return this.client.request('chat:send', { id: newId(), sealed });
  }

  /** All that is in the chat. */
  async read(): Promise<string[]> {
    const reply = await this.client.request('chat:read', { after: 0 });
    if (!reply.ok) throw new Error(reply.error);
    return reply.data.messages.map(({ sealed }) => Buffer.from(sealed, 'base64url').toString());
  }

  async sees(lacking: string, ...presences: string[]) {
    return this.client.snapshot(
      lacking,
      ({ participants }) =>
        String(participants.map(({ presence }) => presence)) === String(presences),
    );
  }
}

/** Processes on one Redis; a locked meeting that the first of them runs, with a host there and a guest at the second. */
async function twoProcesses(redis: RedisServer) {
  const start = () => startProcess({ REDIS_URL: redis.url, SECRET });
  const processes = [start(), start()] as [ServerProcess, ServerProcess];
  const urls = await Promise.all(processes.map((one) => one.ready()));
  const [one, two] = urls.map((url) => ({ url })) as [{ url: string }, { url: string }];
  const meeting = await makeMeeting(one.url);
  const host = await Returner.join(meeting, { invitation: meeting.hostToken });
  const guest = await Returner.join(at(two, meeting));
  expect((await host.client.request('policy:set', { locked: true })).ok).toBe(true);
  expect((await guest.say('before')).ok).toBe(true);
  await guest.client.snapshot('the lock', (s) => s.policy.locked);
  return { processes, one, two, meeting, host, guest };
}

function expectNobodyTwice(people: Returner[]): void {
  const snapshots = people.flatMap(({ clients }) =>
    clients.flatMap(({ heard }) => heard['meeting:changed']),
  );
  for (const { participants } of snapshots) {
    expect(new Set(participants.map(({ id }) => id)).size).toBe(participants.length);
    expect(participants.every(({ arrival }, index) => arrival === index + 1)).toBe(true);
  }
}

test('R53 the node that runs a meeting is killed: everybody is back in their seats at another, and all is as it was', async () => {
  const { processes, two, host, guest } = await twoProcesses(await RedisServer.start());
  const { version } = await guest.sees('both', 'present', 'present');
  processes[0].child.kill('SIGKILL');
  await guest.wasClosed();
  await Promise.all([guest.comeTo(two), host.comeTo(two)]);
  const whole = await guest.client.snapshot(
    'both again',
    ({ participants }) => participants.filter((p) => p.presence === 'present').length === 2,
  );
  expect(whole.participants.map(({ id }) => id)).toEqual([host.id, guest.id]);
  expect(whole.policy.locked).toBe(true);
  expect(whole.version).toBeGreaterThan(version);
  expect(await guest.read()).toEqual(['before']);
  expect((await host.client.request('policy:set', { locked: false })).ok).toBe(true);
  expect(await host.say('after')).toMatchObject({ data: { seq: 2 } });
  expectNobodyTwice([host, guest]);
});

test('R53 a node that only has people connected to it is killed: they come back, and nobody else is disturbed', async () => {
  const { processes, one, host, guest } = await twoProcesses(await RedisServer.start());
  processes[1].child.kill('SIGKILL');
  await host.sees('a loss', 'present', 'reconnecting');
  await guest.comeTo(one);
  await host.sees('both', 'present', 'present');
  host.client.signal(guest.id);
  await guest.client.until('a signal', () => guest.client.heard['signal:received'].length === 1);
  expect(host.client.socket.connected).toBe(true);
  expectNobodyTwice([host, guest]);
});

test('R53 a node that stands still is replaced, and what it does when it wakes counts for nothing', async () => {
  const { processes, two, meeting, host, guest } = await twoProcesses(await RedisServer.start());
  const [first] = processes;
  first.child.kill('SIGSTOP');
  // Written into its socket, and read when it wakes.
  const late = host.say('too late').catch((fault: unknown) => fault);
  await guest.wasClosed();
  await guest.comeTo(two);
  expect(await guest.say('meanwhile')).toMatchObject({ data: { seq: 2 } });
  expect(await guest.client.request('policy:set', { locked: false })).toMatchObject({ ok: false });
  first.child.kill('SIGCONT');
  await host.wasClosed();
  expect(await late).not.toMatchObject({ ok: true });
  await host.comeTo(two);
  expect(await host.read()).toEqual(['before', 'meanwhile']);
  // The node that slept serves people of the meeting again, as any other.
  const third = at({ url: await first.ready() }, meeting);
  await host.client.request('policy:set', { locked: false });
  const newcomer = await Returner.join(third);
  expect(await newcomer.read()).toEqual(['before', 'meanwhile']);
  expectNobodyTwice([host, guest, newcomer]);
});

test('R53 a node that stops hands its meetings over', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const meeting = await makeMeeting(one.url);
  const host = await Returner.join(meeting, { invitation: meeting.hostToken });
  const guest = await Returner.join(at(two, meeting));
  expect((await guest.say('before')).ok).toBe(true);
  one.drain();
  await host.client.until('the notice', () => host.client.heard['server:stopping'].length === 1);
  await host.comeTo(two);
  expect(await host.say('on the way')).toMatchObject({ data: { seq: 2 } });
  await one.close();
  await Promise.all([guest.wasClosed(), host.wasClosed()]);
  await Promise.all([guest.comeTo(two), host.comeTo(two)]);
  expect(await host.say('after')).toMatchObject({ data: { seq: 3 } });
  expect(await guest.read()).toEqual(['before', 'on the way', 'after']);
  expectNobodyTwice([host, guest]);
});

const outages = {
  'is killed, and comes back with nothing': {
    begin: (redis: RedisServer) => redis.kill(),
    end: (redis: RedisServer) => redis.run(),
  },
  'stands still': {
    begin: (redis: RedisServer) => {
      redis.pause();
      return Promise.resolve();
    },
    end: (redis: RedisServer) => {
      redis.resume();
      return Promise.resolve();
    },
  },
};

test.each(Object.entries(outages))(
  'R54 Redis %s: nobody waits, one node’s meetings go on, and all is whole afterwards',
  async (_name, { begin, end }) => {
    const { redis, startNode } = await redisWithNodes();
    const [one, two] = [await startNode(), await startNode()];
    const meeting = await makeMeeting(one.url);
    const host = await Returner.join(meeting, { invitation: meeting.hostToken });
    const neighbour = await Returner.join(meeting);
    const far = await Returner.join(at(two, meeting));
    const { token } = await admitted(at(two, meeting));
    expect((await host.client.request('policy:set', { locked: true })).ok).toBe(true);
    expect((await far.say('before')).ok).toBe(true);

    await begin(redis);
    const ready = (node: { url: string }) =>
      expect.poll(async () => (await fetch(`${node.url}/readyz`)).status, { timeout: 20_000 });
    expect(await host.say('lost')).toEqual({ ok: false, error: 'internal' });
    expect(await far.say('lost')).toEqual({ ok: false, error: 'internal' });
    await ready(one).toBe(503);
    await ready(two).toBe(503);
    const late = TestClient.connect(two.url, token).then((client) => client.join());
    await expect(late).rejects.toThrow('internal');
    host.client.signal(neighbour.id);
    const { heard } = neighbour.client;
    await neighbour.client.until('a signal', () => heard['signal:received'].length === 1);
    await host.client.request('presence:update', { microphone: false, camera: false });
    const isMuted = (s: { participants: { media: { microphone: boolean } }[] }) =>
      s.participants[0]?.media.microphone === false;
    await neighbour.client.snapshot('the change', isMuted);

    await end(redis);
    await far.wasClosed();
    await far.comeTo(two);
    await ready(one).toBe(200);
    await ready(two).toBe(200);
    expect([host, neighbour].map(({ client }) => client.socket.connected)).toEqual([true, true]);
    const { snapshot: whole } = await far.client.join({ incarnation: far.incarnation });
    expect(whole.participants).toHaveLength(3);
    expect(whole.policy.locked).toBe(true);
    expect(isMuted(whole)).toBe(true);
    await expect.poll(() => host.say('after'), { timeout: 20_000 }).toMatchObject({ ok: true });
    expect(await far.read()).toEqual(['before', 'after']);
    expectNobodyTwice([host, neighbour, far]);

    // What Redis has now is enough for another node.
    await one.close();
    await far.wasClosed();
    await far.comeTo(two);
    expect(await far.read()).toEqual(['before', 'after']);
  },
);

test.each([
  ['there is no Redis', () => 'redis://:of-the-test@127.0.0.1:1'],
  ['the password is wrong', (url: string) => url.replace('of-the-test', 'not-it')],
  ['the password is missing', (url: string) => url.replace(':of-the-test@', '')],
])('where %s, the server says so in one line and does not start', async (_name, urlFrom) => {
  const redis = await RedisServer.start({ password: 'of-the-test' });
  const starting = startTestServer({ REDIS_URL: urlFrom(redis.url) });
  const fault: unknown = await starting.catch((reason: unknown) => reason);
  expect(fault).toBeInstanceOf(SettingsError);
  expect((fault as SettingsError).message).toMatch(/^REDIS_URL: .+\.$/);
  expect((fault as SettingsError).message).not.toMatch(/of-the-test|not-it|127/);
});
