import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { redisWithNodes, SECRET } from './nodes.ts';
import { OperatorClient } from './operator-client.ts';
import { startProcess } from './server-process.ts';
import { joinMeeting, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';
import { away, flaky, refusing, refusingType } from './webhook-receiver.ts';
import { WEBHOOK_SECRET, WebhookReceiver, well } from './webhook-receiver.ts';

/** The settings of a server that tells these receivers. */
function telling(...receivers: WebhookReceiver[]) {
  return { WEBHOOK_URLS: receivers.map(({ url }) => url).join(','), WEBHOOK_SECRET };
}

async function hosted(meeting: TestMeeting): Promise<TestClient> {
  const { token } = await admitted(meeting, { invitation: meeting.hostToken });
  const host = await TestClient.connect(meeting.url, token);
  await host.join();
  return host;
}

async function leave(client: TestClient): Promise<void> {
  await client.request('meeting:leave', {});
}

test('R112 R113 a receiver hears of a meeting from its first to its last participant, signed, in order', async () => {
  const receiver = await WebhookReceiver.start();
  const { url } = await startTestServer(telling(receiver));
  const meeting = await makeMeeting(url);
  const before = Date.now();
  const host = await hosted(meeting);
  const guest = await joinMeeting(meeting);
  await leave(guest);
  const other = await joinMeeting(meeting);
  await host.request('participant:remove', { participant: other.participantId });
  await host.request('meeting:end', {});
  const events = await receiver.has(8);
  const { meetingId } = meeting;
  const of = (type: string, { participantId }: TestClient) => ({
    type,
    data: { meetingId, participantId },
  });
  expect(events).toMatchObject([
    { type: 'meeting.started', data: { meetingId } },
    of('participant.joined', host),
    of('participant.joined', guest),
    of('participant.left', guest),
    of('participant.joined', other),
    of('participant.left', other),
    of('participant.left', host),
    { type: 'meeting.ended', data: { meetingId } },
  ]);
  for (const { timestamp, data } of events) {
    expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(before - 1);
    expect(Object.keys(data).every((key) => ['meetingId', 'participantId'].includes(key))).toBe(
      true,
    );
  }
  expect(receiver.faults).toEqual([]);
  expect(receiver.taken.length).toBe(8);
});

test('R112 a meeting that empties has ended, and starts again with whoever comes next', async () => {
  const receiver = await WebhookReceiver.start();
  const { url } = await startTestServer(telling(receiver));
  const meeting = await makeMeeting(url);
  await leave(await joinMeeting(meeting));
  await leave(await joinMeeting(meeting));
  await receiver.has(8);
  const once = ['meeting.started', 'participant.joined', 'participant.left', 'meeting.ended'];
  expect(receiver.types).toEqual([...once, ...once]);
});

test('R113 a receiver that fails in every way gets each event once by its id, in order', async () => {
  const receiver = await WebhookReceiver.start(flaky());
  const { url } = await startTestServer(telling(receiver));
  const meetings = [await makeMeeting(url), await makeMeeting(url), await makeMeeting(url)];
  for (const meeting of meetings) await leave(await joinMeeting(meeting));
  await receiver.has(12);
  for (const { meetingId } of meetings)
    expect(
      receiver.events.filter(({ data }) => data.meetingId === meetingId).map(({ type }) => type),
    ).toEqual(['meeting.started', 'participant.joined', 'participant.left', 'meeting.ended']);
  expect(receiver.offered.length).toBeGreaterThan(12);
  expect(receiver.faults).toEqual([]);
});

test('R113 a redirect is not followed', async () => {
  const elsewhere = await WebhookReceiver.start();
  const receiver = await WebhookReceiver.start((_take, response) =>
    response.writeHead(307, { location: elsewhere.url }).end(),
  );
  const { url } = await startTestServer(telling(receiver));
  await joinMeeting(await makeMeeting(url));
  await expect.poll(() => receiver.offered.length, { timeout: 60_000 }).toBeGreaterThan(1);
  expect(elsewhere.offered).toEqual([]);
});

test('R82 R113 operators see that a receiver takes nothing, and since when', async () => {
  const receiver = await WebhookReceiver.start(refusing);
  const ADMIN_TOKEN = 'who-runs-this-server-may-look';
  const { url } = await startTestServer({ ...telling(receiver), ADMIN_TOKEN });
  const operator = await OperatorClient.connect(url, ADMIN_TOKEN);
  await operator.report(([node]) => node?.webhooks?.failingSince === null);
  await joinMeeting(await makeMeeting(url));
  await operator.report(([{ webhooks, at } = { at: 0 }]) => {
    const { pending = 0, failingSince = null } = webhooks ?? {};
    return pending === 2 && failingSince !== null && failingSince <= at;
  });
  receiver.behave = well;
  await receiver.has(2);
  await operator.report(
    ([node]) => node?.webhooks?.pending === 0 && node.webhooks.failingSince === null,
  );
});

test('R113 what one receiver does not take holds up no other', async () => {
  const [broken, good] = [await WebhookReceiver.start(refusing), await WebhookReceiver.start()];
  const { url } = await startTestServer(telling(broken, good));
  await leave(await joinMeeting(await makeMeeting(url)));
  await good.has(4);
  expect(broken.taken).toEqual([]);
  broken.behave = well;
  await broken.has(4);
  expect(good.taken.length).toBe(4);
});

test('R113 an event that is refused again and again holds up no later one for long, and arrives when it is wanted', async () => {
  const receiver = await WebhookReceiver.start(refusingType('participant.joined'));
  const clock = new FakeClock(Date.now());
  const { url } = await startTestServer(telling(receiver), { clock });
  await leave(await joinMeeting(await makeMeeting(url)));
  await passingUntil(clock, () => receiver.types, [
    'meeting.started',
    'participant.left',
    'meeting.ended',
  ]);
  const [, joined] = receiver.offered;
  const tries = receiver.offered.filter((id) => id === joined).length;
  expect(tries).toBeGreaterThan(4);
  receiver.behave = well;
  await passingUntil(clock, () => receiver.types.slice(3), ['participant.joined']);
  expect(new Set(receiver.offered).size).toBe(4);
});

test('R113 while a receiver is away, its events stay in their order', async () => {
  const receiver = await WebhookReceiver.start(away);
  const clock = new FakeClock(Date.now());
  const { url } = await startTestServer(telling(receiver), { clock });
  await leave(await joinMeeting(await makeMeeting(url)));
  const offers = () => receiver.offered.length > 6;
  await passingUntil(clock, offers, true);
  expect(new Set(receiver.offered).size).toBe(1);
  receiver.behave = well;
  const once = ['meeting.started', 'participant.joined', 'participant.left', 'meeting.ended'];
  await passingUntil(clock, () => receiver.types, once);
});

/** Lets time pass until it is so. Receivers refuse what is signed at quite another time than theirs, so hardly more than needed. */
async function passingUntil<Value>(clock: FakeClock, look: () => Value, wanted: Value) {
  const passing = () => {
    clock.advance(500);
    return look();
  };
  await expect.poll(passing, { timeout: 60_000, interval: 20 }).toEqual(wanted);
}

test('R113 each event arrives once by its id, whenever the server is killed', async () => {
  const receiver = await WebhookReceiver.start(flaky());
  const settings = { ...telling(receiver), SECRET: 'one secret for all of them, thirty-two bytes' };
  const first = startProcess(settings);
  const meeting = await makeMeeting(await first.ready());
  await leave(await joinMeeting(meeting));
  receiver.behave = refusing;
  const second = await startAgain(first, settings);
  const guest = await joinMeeting({ ...meeting, url: second.url });
  await leave(guest);
  await expect.poll(() => receiver.offered.length, { timeout: 60_000 }).toBeGreaterThan(0);
  receiver.behave = flaky();
  await startAgain(second.server, settings);
  const events = await receiver.has(8);
  expect(new Set(events.map(({ id }) => id)).size).toBe(8);
  const once = ['meeting.started', 'participant.joined', 'participant.left', 'meeting.ended'];
  expect(events.map(({ type }) => type)).toEqual([...once, ...once]);
});

/** Another server on the same disk, after the one before it was killed. */
async function startAgain(before: ReturnType<typeof startProcess>, settings: object) {
  before.child.kill('SIGKILL');
  await before.exit;
  const server = startProcess({ ...settings, DATA_DIR: before.dataDir });
  return { server: { ...server, dataDir: before.dataDir }, url: await server.ready() };
}

test('R113 of several nodes one tells each event, and what a dead one has not told another does', async () => {
  const { redis, startNode } = await redisWithNodes();
  const receiver = await WebhookReceiver.start();
  const node = await startNode(telling(receiver));
  const doomed = startProcess({ ...telling(receiver), REDIS_URL: redis.url, SECRET });
  const url = await doomed.ready();
  const meeting = await makeMeeting(url);
  const there = await joinMeeting(meeting);
  const here = await joinMeeting({ ...meeting, url: node.url });
  await leave(here);
  await receiver.has(4);
  expect(receiver.taken.length).toBe(4);
  receiver.behave = refusing;
  await leave(there);
  await expect.poll(() => receiver.offered.length, { timeout: 60_000 }).toBeGreaterThan(4);
  doomed.child.kill('SIGKILL');
  await doomed.exit;
  receiver.behave = well;
  await receiver.has(6);
  expect(receiver.types.slice(4)).toEqual(['participant.left', 'meeting.ended']);
  expect(receiver.taken.length).toBe(6);
});

test('R113 the meeting of a dead node ends where nobody comes back to it', async () => {
  const { redis, startNode } = await redisWithNodes();
  const receiver = await WebhookReceiver.start();
  // What is signed at another time than the receiver's is refused.
  const clock = new FakeClock(Date.now());
  await startNode(telling(receiver), { clock });
  const doomed = startProcess({ ...telling(receiver), REDIS_URL: redis.url, SECRET });
  await joinMeeting(await makeMeeting(await doomed.ready()));
  await receiver.has(2);
  doomed.child.kill('SIGKILL');
  const passing = () => {
    clock.advance(1_000);
    return receiver.types;
  };
  await expect
    .poll(passing, { timeout: 60_000, interval: 200 })
    .toEqual(['meeting.started', 'participant.joined', 'participant.left', 'meeting.ended']);
});

test('R113 an event that nobody takes for a day is given up', async () => {
  const clock = new FakeClock();
  const receiver = await WebhookReceiver.start(refusing);
  const { url } = await startTestServer(telling(receiver), { clock });
  await joinMeeting(await makeMeeting(url));
  const figure = async (name: string) => {
    const page = await (await fetch(`${url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(page)?.[1]);
  };
  await expect.poll(() => figure('confab_webhooks_pending'), { timeout: 60_000 }).toBe(2);
  const passing = async () => {
    clock.advance(3_600_000);
    return figure('confab_webhooks_dropped_total');
  };
  await expect.poll(passing, { timeout: 60_000 }).toBeGreaterThan(1);
  expect(await figure('confab_webhooks_failed_total')).toBeGreaterThan(2);
});
