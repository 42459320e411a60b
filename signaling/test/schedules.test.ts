import { randomBytes } from 'node:crypto';
import type { Schedule } from '@confab/protocol';
import { expect, onTestFinished, test } from 'vitest';
import { RedisLink } from '../src/nodes/redis-link.ts';
import { meetingKey } from '../src/nodes/scripts.ts';
import { FakeClock } from './fake-clock.ts';
import { HostDesk, seated } from './host-desk.ts';
import { Memory } from '../src/store/memory.ts';
import { at, redisWithNodes, SECRET } from './nodes.ts';
import { stores } from './stores.ts';
import { TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, post, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The fake clock begins with 2026, by UTC. */
const daily: Schedule = {
  ...{ start: '2026-01-02T10:00', duration: 60, timeZone: 'Europe/London' },
  recurrence: { frequency: 'daily', until: '2026-01-04' },
};
const first = Date.UTC(2026, 0, 2, 10) / 1000;

async function scheduled(schedule: Schedule = daily) {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url, { schedule });
  return { clock, url, meeting, desk: new HostDesk(meeting, meeting.hostToken) };
}

/** What somebody with the link is told: that they are let in, when it opens, or why not. */
async function coming(meeting: TestMeeting): Promise<unknown> {
  const { status, answer } = await askAdmission(meeting);
  if (status === 200) return 'let in';
  return answer.error === 'not-open' ? answer.opensAt : answer.error;
}

/** Somebody stays for two and a half hours from an occurrence on. */
async function stays(meeting: TestMeeting, clock: FakeClock) {
  const { client } = await seated(meeting);
  for (let half = 0; half < 5; half++) {
    await client.request('token:renew', {});
    clock.advance(HOUR / 2);
  }
  return client;
}

const described = async ({ url, meetingId }: TestMeeting) =>
  (await fetch(`${url}/api/meetings/${meetingId}`)).status;

test('R108 before it opens, whoever proves the link learns when it does, hosts are let in, and outsiders learn nothing', async () => {
  const { clock, url, meeting } = await scheduled();
  const { status, answer } = await askAdmission(meeting);
  expect([status, answer]).toMatchObject([
    403,
    { error: 'not-open', opensAt: first, opensIn: 34 * 3_600 },
  ]);
  const outsider = { ...meeting, proof: randomBytes(32).toString('base64url') };
  const unknown = { ...outsider, meetingId: randomBytes(16).toString('base64url') };
  expect(await askAdmission(outsider)).toEqual(await askAdmission(unknown));
  expect(await described(meeting)).toBe(404);
  expect(await described(unknown)).toBe(404);

  const ada = await seated(meeting, { invitation: meeting.hostToken });
  // That a host is there already opens it to nobody.
  expect(await coming(meeting)).toBe(first);
  clock.advance(34 * HOUR - 1_000);
  await ada.client.until('her end', () => ada.client.disconnected);
  expect(await coming(meeting)).toBe(first);
  clock.advance(1_000);
  expect(await coming({ ...meeting, url })).toBe('let in');
  expect(await described(meeting)).toBe(200);
});

test('R108 between two occurrences it is closed but for an overrun, and after the last one over', async () => {
  const { clock, meeting } = await scheduled();
  clock.advance(34 * HOUR);
  const bo = await seated(meeting);
  clock.advance(30_000);
  await bo.client.request('meeting:leave', {});
  clock.advance(2 * HOUR - 30_000);
  expect(await coming(meeting)).toBe('let in');
  clock.advance(1_000);
  expect(await coming(meeting)).toBe(first + DAY / 1000);
  clock.advance(2 * DAY - 2 * HOUR);
  expect(await coming(meeting)).toBe('let in');
  clock.advance(2 * HOUR);
  expect(await coming(meeting)).toBe('meeting-ended');
  expect((await askAdmission(meeting, { invitation: meeting.hostToken })).status).toBe(200);
});

test('R108 as long as people stay from an occurrence on, others join them', async () => {
  const { clock, meeting } = await scheduled();
  clock.advance(34 * HOUR);
  const bo = await stays(meeting, clock);
  expect(await coming(meeting)).toBe('let in');
  await bo.request('meeting:leave', {});
  expect(await coming(meeting)).toBe(first + DAY / 1000);
});

test('R108 so do they when the server was started anew meanwhile', async () => {
  const clock = new FakeClock();
  const medium = new Memory();
  const first = await startTestServer({ SECRET }, { clock, medium });
  const meeting = await makeMeeting(first.url, { schedule: daily });
  clock.advance(34 * HOUR);
  await stays(meeting, clock);
  expect(await coming(meeting)).toBe('let in');
  await first.close();
  const { url } = await startTestServer({ SECRET }, { clock, medium });
  expect(await coming({ ...meeting, url })).toBe('let in');
});

test('R108 a token from before the schedule was set opens no seat until it is time', async () => {
  const clock = new FakeClock();
  const meeting = await makeMeeting((await startTestServer({}, { clock })).url);
  const { token } = await admitted(meeting);
  const desk = new HostDesk(meeting, meeting.hostToken);
  await desk.setSchedule({ start: '2026-01-01T00:30', duration: 5, timeZone: 'UTC' });
  const bo = await TestClient.connect(meeting.url, token);
  await expect(bo.join()).rejects.toThrow('not-open');
  expect(
    await bo.request('door:knock', { incarnation: 'A'.repeat(22), hello: 'QQ' }),
  ).toMatchObject({ ok: false, error: 'not-open' });
});

test('R107 R109 hosts see, change and end a schedule; one that makes no sense is refused', async () => {
  const { meeting, desk, url } = await scheduled();
  expect(await desk.readSchedule()).toEqual(daily);
  const later = { ...daily, start: '2026-01-03T08:00' };
  expect(await desk.setSchedule(later)).toEqual(later);
  expect(await coming(meeting)).toBe(Date.UTC(2026, 0, 3, 8) / 1000);
  for (const wrong of [
    { ...daily, timeZone: 'Mars/Olympus' },
    { ...daily, start: '2025-12-01T10:00', recurrence: undefined },
    { ...daily, recurrence: { frequency: 'daily', until: '2028-01-01' } },
  ]) {
    const refused = { status: 400, answer: { error: 'invalid-payload' } };
    expect(await desk.ask('PUT', 'schedule', { schedule: wrong })).toMatchObject(refused);
    expect(await post(`${url}/api/meetings`, { settings: { schedule: wrong } })).toMatchObject(
      refused,
    );
  }
  expect(await desk.readSchedule()).toEqual(later);
  expect(await desk.setSchedule(null)).toBeNull();
  expect(await coming(meeting)).toBe('let in');
});

test('R109 a scheduled meeting stays until a week after its last occurrence, although nobody comes', async () => {
  const recurrence = { frequency: 'monthly', until: '2026-02-28' } as const;
  const { clock, meeting } = await scheduled({ ...daily, recurrence });
  for (let day = 0; day < 25; day++) clock.advance(DAY);
  expect(await coming(meeting)).toBe(Date.UTC(2026, 1, 2, 10) / 1000);
  for (let day = 0; day < 14; day++) clock.advance(DAY);
  expect(await coming(meeting)).toBe('meeting-ended');
  expect((await askAdmission(meeting, { invitation: meeting.hostToken })).status).toBe(200);
  clock.advance(DAY);
  expect((await askAdmission(meeting, { invitation: meeting.hostToken })).status).toBe(410);
});

test.each(stores)(
  'R41 R109 link, policy, hosts and schedule outlive the server: %s',
  async (_name, make) => {
    const store = await make();
    const before = await store.start();
    const opens = new Date(Date.now() + DAY);
    const start = opens.toISOString().slice(0, 19);
    const schedule: Schedule = { start, duration: 30, timeZone: 'UTC' };
    const meeting = await makeMeeting(before.url, { schedule, passcode: 'sesame' });
    const ada = await seated(meeting, { invitation: meeting.hostToken });
    await ada.client.request('policy:set', { waitingRoom: true });
    await ada.client.request('meeting:leave', {});
    await before.close();

    const again = { ...meeting, url: (await store.start()).url };
    expect(await coming(again)).toBe(Math.floor(opens.getTime() / 1000));
    const back = await seated(again, { invitation: meeting.hostToken });
    expect(back.policy).toEqual({ locked: false, waitingRoom: true, passcode: true });
    expect(await back.desk.readSchedule()).toEqual(schedule);
  },
);

test('R52 R108 every node knows when a meeting opens, and Redis keeps it for as long', async () => {
  const { startNode, redis } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const opens = new Date(Date.now() + 200 * DAY);
  const start = opens.toISOString().slice(0, 19);
  const meeting = await makeMeeting(one.url, {
    schedule: { start, duration: 30, timeZone: 'UTC' },
  });
  expect(await coming(at(two, meeting))).toBe(Math.floor(opens.getTime() / 1000));
  // A later write that says nothing of the schedule does not shorten it.
  await new HostDesk(at(two, meeting), meeting.hostToken).invite();
  const link = await RedisLink.open(redis.url);
  onTestFinished(() => link.close());
  const life = await link.client.pttl(meetingKey(meeting.meetingId));
  expect(life).toBeGreaterThan(207 * DAY);
});
