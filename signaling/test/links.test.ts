import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { at, redisWithNodes } from './nodes.ts';
import { OperatorClient } from './operator-client.ts';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';

const ADMIN_TOKEN = 'Vb7uQe0xLr3mJz9tKp5wNc1yHd6fGs4a';
const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };

/** What Prometheus is told of links, or of whatever else has labels. */
async function figure(url: string, name = 'confab_links'): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(new RegExp(`^${name}\\{\\w+="(\\w+)"\\} (\\d+)$`, 'gm'));
  return Object.fromEntries([...lines].map(([, way = '', count]) => [way, Number(count)]));
}

test('R114 operators and Prometheus are told how many links go through a relay, and of whose connection no more when it is gone', async () => {
  const { url } = await startTestServer({ ADMIN_TOKEN });
  const operator = await OperatorClient.connect(url, ADMIN_TOKEN);
  const [meeting, other] = [await makeMeeting(url), await makeMeeting(url)];
  const [ada, bo] = [await joinMeeting(meeting), await joinMeeting(meeting)];
  const cy = await joinMeeting(meeting, { transports: ['polling'] });
  await joinMeeting(other);
  expect(await figure(url)).toEqual({ direct: 0, relayed: 0 });
  expect(await ada.request('links:report', { direct: 1, relayed: 1 })).toEqual(done);
  expect(await bo.request('links:report', { direct: 0, relayed: 1 })).toEqual(done);
  expect(await figure(url)).toEqual({ direct: 1, relayed: 2 });
  expect(await figure(url, 'confab_participants')).toEqual({
    present: 4,
    away: 0,
    reconnecting: 0,
  });
  expect(await figure(url, 'confab_transports')).toEqual({ websocket: 3, polling: 1 });
  await makeMeeting(url);
  const page = await (await fetch(`${url}/metrics`)).text();
  expect(page).toMatch(/^confab_meetings 3$/m);
  expect(page).toMatch(/^confab_meetings_busy 2$/m);
  const [node] = await operator.report(([one]) => one?.links.relayed === 2);
  expect(node?.links).toEqual({ direct: 1, relayed: 2 });
  expect(node?.meetings.busy.map(({ id, links }) => [id, links])).toEqual([
    [meeting.meetingId, { direct: 1, relayed: 2 }],
    [other.meetingId, { direct: 0, relayed: 0 }],
  ]);
  // The latest word counts; a join again on the same connection, with another name, changes nothing.
  await ada.request('links:report', { direct: 2, relayed: 0 });
  await ada.join({ incarnation: newId(), resume: ada.resume });
  expect(await figure(url)).toEqual({ direct: 2, relayed: 1 });
  const heard = cy.heard['meeting:changed'].length;
  ada.socket.disconnect();
  await cy.until('the loss', () => cy.heard['meeting:changed'].length > heard);
  expect(await figure(url)).toEqual({ direct: 0, relayed: 1 });
  await bo.request('meeting:leave', {});
  expect(await figure(url)).toEqual({ direct: 0, relayed: 0 });
});

test('R114 nobody else hears of it', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const [ada, bo] = [await joinMeeting(meeting), await joinMeeting(meeting)];
  await ada.request('links:report', { direct: 0, relayed: 1 });
  // Everything that concerns others is told in order: what comes after this came after that.
  await ada.request('hand:raise', {});
  const { participants } = await bo.snapshot('a hand', (one) =>
    one.participants.some(({ hand }) => hand !== null),
  );
  expect(JSON.stringify(participants)).not.toMatch(/relayed|direct/);
});

test('R114 nobody counts for more links than there are others, and nonsense is refused', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const [ada, bo] = [await joinMeeting(meeting), await joinMeeting(meeting)];
  await bo.request('links:report', { direct: 1, relayed: 0 });
  const nonsense = [
    ...[undefined, null, [], 7, 'relayed', {}, { direct: 1 }, { relayed: 1 }],
    ...[-1, 64, 0.5, 1e308, '1', null, [1], true].map((relayed) => ({ direct: 0, relayed })),
    { direct: 32, relayed: 32 },
    { direct: 1, relayed: 0, to: bo.participantId },
    { direct: 1, relayed: 0, __proto__: null, participant: bo.participantId },
  ];
  for (const payload of nonsense)
    expect(await ada.ask('links:report', payload)).toEqual(refusedAs('invalid-payload'));
  expect(await figure(url)).toEqual({ direct: 1, relayed: 0 });
  await ada.request('links:report', { direct: 30, relayed: 33 });
  expect(await figure(url)).toEqual({ direct: 1, relayed: 1 });
  await ada.request('links:report', { direct: 63, relayed: 0 });
  expect(await figure(url)).toEqual({ direct: 2, relayed: 0 });
});

test('R114 who has no seat reports nothing, and who reports too often is refused', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url, { waitingRoom: true });
  const { token } = await admitted(meeting);
  const waiter = await TestClient.connect(url, token);
  const counts = { direct: 0, relayed: 1 };
  expect(await waiter.request('links:report', counts)).toEqual(refusedAs('wrong-state'));
  await waiter.request('door:knock', { incarnation: newId(), hello: 'aGVsbG8' });
  expect(await waiter.request('links:report', counts)).toEqual(refusedAs('wrong-state'));

  const ada = await joinMeeting(await makeMeeting(url));
  for (let turn = 0; turn < 5; turn++)
    expect(await ada.request('links:report', counts)).toEqual(done);
  expect(await ada.request('links:report', counts)).toEqual(refusedAs('too-many-requests'));
  clock.advance(2_000);
  expect(await ada.request('links:report', counts)).toEqual(done);
});

test('R52 R114 it is counted once, where the meeting is run, wherever somebody is connected', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const meeting = await makeMeeting(two.url);
  const here = await joinMeeting(meeting);
  const elsewhere = await joinMeeting(at(one, meeting));
  for (const client of [here, elsewhere])
    expect(await client.request('links:report', { direct: 0, relayed: 1 })).toEqual(done);
  expect(await figure(one.url)).toEqual({ direct: 0, relayed: 0 });
  expect(await figure(two.url)).toEqual({ direct: 0, relayed: 2 });
});
