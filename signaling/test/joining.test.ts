import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { joinMeeting, newId, someone, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';

test('two people see each other in order of arrival, and exchange a signal', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const first = await joinMeeting(meeting);
  const second = await joinMeeting(meeting);

  const seen = await first.snapshot('two participants', (s) => s.participants.length === 2);
  expect(seen.participants.map(({ id, arrival, presence }) => [id, arrival, presence])).toEqual([
    [first.participantId, 1, 'present'],
    [second.participantId, 2, 'present'],
  ]);
  second.signal(first.participantId, 'b2ZmZXI');
  const signal = await first.until('a signal', () => first.heard['signal:received'][0]);
  expect(signal).toEqual({ from: second.participantId, sealed: 'b2ZmZXI' });
});

test('a signal spelled in another order of keys is relayed alike', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const [first, second] = [await joinMeeting(meeting), await joinMeeting(meeting)];
  second.socket.emit('signal:send', { sealed: 'b2ZmZXI', to: first.participantId });
  const signal = await first.until('a signal', () => first.heard['signal:received'][0]);
  expect(signal).toEqual({ from: second.participantId, sealed: 'b2ZmZXI' });
});

test('R5 nothing but joining is possible before joining, and after leaving', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const { token } = await admitted(meeting);
  const client = await TestClient.connect(url, token);
  const wrongState = { ok: false, error: 'wrong-state' };

  for (const when of ['before', 'after']) {
    expect(await client.ask('presence:update', { microphone: true, camera: true }), when).toEqual(
      wrongState,
    );
    expect(await client.ask('presence:vouch', { participants: [newId()] }), when).toEqual(
      wrongState,
    );
    expect(await client.ask('token:renew', {}), when).toEqual(wrongState);
    expect(await client.ask('meeting:leave', {}), when).toEqual(wrongState);
    client.signal(newId());
    await client.until(
      `a refusal ${when}`,
      () => client.heard['signal:refused'].shift()?.error === 'wrong-state',
    );
    if (when === 'before') {
      await client.join();
      expect(await client.request('meeting:leave', {})).toEqual({ ok: true, data: {} });
    }
  }
});

test('R7 many changes are announced together, the first at once', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const watcher = await joinMeeting(meeting);
  const speaker = await joinMeeting(meeting);
  clock.advance(1_000);
  await watcher.snapshot('both', (s) => s.participants.length === 2);
  const before = watcher.heard['meeting:changed'].length;

  for (let change = 0; change < 9; change++)
    await speaker.request('presence:update', { microphone: change % 2 === 1, camera: true });
  await watcher.until('the first change', () => watcher.heard['meeting:changed'].length > before);
  expect(watcher.heard['meeting:changed'].length - before).toBe(1);
  const first = watcher.heard['meeting:changed'].at(-1);
  clock.advance(100);
  const last = await watcher.snapshot(
    'the last change',
    (s) => s.version === (first?.version ?? 0) + 8,
  );
  expect(last.participants[1]?.media.microphone).toBe(false);
  expect(watcher.heard['meeting:changed'].length - before).toBe(2);
});

test('R7 an update that changes nothing is announced to nobody', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const client = await joinMeeting(meeting);
  await client.request('presence:update', { microphone: true, camera: true });
  const { snapshot } = await client.join(someone());
  expect(snapshot.version).toBe(2);
});

test('R11 leaving gives the seat up, and coming back takes a new one', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const stays = await joinMeeting(meeting);
  const leaves = await joinMeeting(meeting);
  await leaves.request('meeting:leave', {});
  await stays.snapshot('one participant', (s) => s.version > 2 && s.participants.length === 1);
  const { snapshot } = await leaves.join();
  expect(snapshot.participants.map(({ arrival }) => arrival)).toEqual([1, 3]);
});

test('twelve of thirteen admitted people get a seat, the last is told that the meeting is full', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const tokens = await Promise.all(Array.from({ length: 13 }, () => admitted(meeting)));
  const clients = await Promise.all(tokens.map(({ token }) => TestClient.connect(url, token)));
  const replies = await Promise.all(
    clients.map((client) => client.request('meeting:join', someone())),
  );
  expect(replies.filter(({ ok }) => ok)).toHaveLength(12);
  expect(replies.filter(({ ok }) => !ok)).toEqual([{ ok: false, error: 'meeting-full' }]);
});

test('a meeting works over long polling alone', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const [first, second] = [
    await joinMeeting(meeting, { transports: ['polling'] }),
    await joinMeeting(meeting, { transports: ['polling'] }),
  ];
  const sealed = 'x'.repeat(30_000);
  first.signal(second.participantId, sealed);
  const signal = await second.until('a signal', () => second.heard['signal:received'][0]);
  expect(signal).toEqual({ from: first.participantId, sealed });
  expect(first.socket.io.engine.transport.name).toBe('polling');
});

test('R37 on long polling a page may owe all its links something at once', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const [first, second] = [
    await joinMeeting(meeting, { transports: ['polling'] }),
    await joinMeeting(meeting),
  ];
  for (let signal = 0; signal < 200; signal++) first.signal(second.participantId, 'x'.repeat(419));
  await second.until('all', () => second.heard['signal:received'].length === 200);
  expect(first.disconnected).toBeNull();
});

test('R6 a renewed token opens a connection to the same seat', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const client = await joinMeeting(meeting);
  const renewed = await client.request('token:renew', {});
  if (!renewed.ok) throw new Error(renewed.error);
  expect(renewed.data.tokenLifetime).toBe(3_600);
  const again = await TestClient.connect(url, renewed.data.token);
  const { participantId } = await again.join({ resume: client.resume });
  expect(participantId).toBe(client.participantId);
});

test('R6 with a renewed token comes a TURN credential that lives as long', async () => {
  const clock = new FakeClock();
  const turn = { TURN_URLS: 'turn:turn.example.org', TURN_SECRET: 'of-nobody' };
  const { url } = await startTestServer(turn, { clock });
  const meeting = await makeMeeting(url);
  const { token } = await admitted(meeting);
  const client = await TestClient.connect(url, token);
  const { iceServers } = await client.join();
  clock.advance(300_000);
  const renewed = await client.request('token:renew', {});
  if (!renewed.ok) throw new Error(renewed.error);
  const expiries = [iceServers, renewed.data.iceServers].map(([server]) =>
    Number(server?.username?.split(':')[0]),
  );
  expect(expiries).toEqual([clock.now() / 1000 + 300, clock.now() / 1000 + 600]);
});
