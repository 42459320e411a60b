import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { startProcess } from './server-process.ts';
import { joinMeeting, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';

const MEETINGS = 10;
const PEOPLE = 11 * MEETINGS;

test('R38 a server that is told to stop asks everybody to move, one after the other, and serves them until they have', async () => {
  const server = startProcess({});
  const url = await server.ready();
  const meetings = await Promise.all(Array.from({ length: MEETINGS }, () => makeMeeting(url)));
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, (_, index) => {
      const meeting = meetings[index % meetings.length];
      if (meeting === undefined) throw new Error('There are meetings.');
      return joinMeeting(meeting);
    }),
  );
  const [meeting] = meetings as [(typeof meetings)[number]];
  const { token } = await admitted(meeting);
  server.child.kill('SIGTERM');
  const delays = await Promise.all(
    people.map((client) =>
      client.until('server:stopping', () => client.heard['server:stopping'][0]?.delay),
    ),
  );
  delays.sort((one, other) => one - other);
  expect(delays.at(-1)).toBeLessThanOrEqual((PEOPLE / 50) * 1_000);
  for (const [place, delay] of delays.entries())
    expect((delays[place + 52] ?? Infinity) - delay, '52 moves').toBeGreaterThan(1_000);

  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect(await askAdmission(meeting)).toMatchObject({
    status: 503,
    answer: { error: 'server-draining' },
  });
  await expect(TestClient.connect(url, token)).rejects.toThrow('server-draining');
  const neighbours = [people[0], people[MEETINGS]] as [TestClient, TestClient];
  for (const client of people) if (!neighbours.includes(client)) client.socket.disconnect();
  neighbours[0].signal(neighbours[1].participantId, 'c3RpbGw');
  const signal = await neighbours[1].until(
    'a signal',
    () => neighbours[1].heard['signal:received'][0],
  );
  expect(signal).toEqual({ from: neighbours[0].participantId, sealed: 'c3RpbGw' });
  for (const client of neighbours)
    expect(await client.until('the end', () => client.disconnected)).toBe('transport close');
  expect(await server.exit).toBe(0);
  expect(server.said.err).toBe('');
});

test('R38 when everybody has moved, the server ends with 0, and the next one has their seats', async () => {
  const first = startProcess({});
  const before = await makeMeeting(await first.ready());
  const { token } = await admitted(before, { invitation: before.hostToken });
  const client = await TestClient.connect(before.url, token);
  const { resume } = await client.join();
  first.child.kill('SIGTERM');
  await client.until('server:stopping', () => client.heard['server:stopping'].length > 0);
  client.socket.io.engine.close();
  expect(await first.exit).toBe(0);
  const next = startProcess({ DATA_DIR: first.dataDir });
  const { snapshot } = await (await TestClient.connect(await next.ready(), token)).join({ resume });
  expect(snapshot.participants).toMatchObject([{ arrival: 1, role: 'host', presence: 'present' }]);
});

test('R9 R38 who moves away from a server that stops is shown for 15 s', async () => {
  const clock = new FakeClock();
  const server = await startTestServer({}, { clock });
  const meeting = await makeMeeting(server.url);
  const [stays, moves] = [await joinMeeting(meeting), await joinMeeting(meeting)];
  clock.advance(1_000);
  server.drain();
  moves.socket.io.engine.close();
  await stays.snapshot('a loss', (s) => s.participants[1]?.presence === 'reconnecting');
  clock.advance(14_900);
  expect((await stays.join()).snapshot.participants).toHaveLength(2);
  clock.advance(200);
  expect((await stays.join()).snapshot.participants).toHaveLength(1);
});
