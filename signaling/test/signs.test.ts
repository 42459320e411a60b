import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };

async function hostOf(meeting: TestMeeting): Promise<TestClient> {
  const { token } = await admitted(meeting, { invitation: meeting.hostToken });
  const host = await TestClient.connect(meeting.url, token);
  await host.join();
  return host;
}

/** Who has a hand up, first raised first. */
function sees(client: TestClient, ...wanted: TestClient[]) {
  const ids = wanted.map(({ participantId }) => participantId);
  return client.snapshot(`hands of ${ids.join(', ')}`, ({ participants }) => {
    const raised = participants.flatMap(({ id, hand }) => (hand === null ? [] : [{ id, hand }]));
    raised.sort((one, other) => one.hand - other.hand);
    return raised.map(({ id }) => id).join() === ids.join();
  });
}

test('R57 hands are in the order in which they were raised, for everybody alike', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const ada = await joinMeeting(meeting);
  const bo = await joinMeeting(meeting);
  const cy = await joinMeeting(meeting);
  for (const one of [cy, ada, bo]) expect(await one.request('hand:raise', {})).toEqual(done);
  for (const one of [ada, bo, cy]) await sees(one, cy, ada, bo);
  // Once more changes nothing; down and up again is behind the others.
  await cy.request('hand:raise', {});
  await ada.request('hand:lower', {});
  await sees(bo, cy, bo);
  await cy.request('hand:lower', {});
  await cy.request('hand:raise', {});
  for (const one of [ada, bo, cy]) await sees(one, bo, cy);
});

test('R57 a hand stays up through a lost connection and a reload, and goes with its seat', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const watcher = await joinMeeting(meeting);
  const { token } = await admitted(meeting);
  const ada = await TestClient.connect(url, token);
  const { resume } = await ada.join();
  await ada.request('hand:raise', {});
  ada.socket.disconnect();
  await watcher.snapshot('reconnecting, hand up', ({ participants }) =>
    participants.some(({ presence, hand }) => presence === 'reconnecting' && hand === 1),
  );
  const back = await TestClient.connect(url, token);
  const { snapshot } = await back.join({ incarnation: newId(), resume });
  expect(snapshot.participants.map(({ hand }) => hand)).toEqual([null, 1]);
  await back.request('meeting:leave', {});
  await watcher.snapshot('alone', ({ participants }) => participants.length === 1);
  await back.join();
  await watcher.snapshot(
    'two, no hand',
    ({ participants }) => participants.length === 2 && participants.every(({ hand }) => !hand),
  );
});

test('R41 R57 raised hands outlive the server, and so does their order', async () => {
  const first = await startTestServer();
  const meeting = await makeMeeting(first.url);
  const people: { token: string; resume: string; id: string }[] = [];
  for (let count = 0; count < 2; count++) {
    const { token, participantId: id } = await admitted(meeting);
    const client = await TestClient.connect(first.url, token);
    const { resume } = await client.join();
    people.unshift({ token, resume, id });
    if (count === 0) continue;
    await client.request('hand:raise', {});
  }
  const [, earlier] = people as [(typeof people)[0], (typeof people)[0]];
  const again = await TestClient.connect(first.url, earlier.token);
  const { resume } = await again.join({ resume: earlier.resume });
  await again.request('hand:raise', {});
  await first.close();
  const second = await startTestServer({ DATA_DIR: first.settings.dataDir });
  const back = await TestClient.connect(second.url, earlier.token);
  const { snapshot } = await back.join({ resume });
  expect(snapshot.participants.map(({ id, hand }) => [id, hand])).toEqual([
    [people[1]?.id, 2],
    [people[0]?.id, 1],
  ]);
});

test('R57 a host takes anybody’s hand down, others only their own', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const host = await hostOf(meeting);
  const ada = await joinMeeting(meeting);
  const bo = await joinMeeting(meeting);
  const stranger = await joinMeeting(await makeMeeting(url));
  await ada.request('hand:raise', {});
  const adas = { participant: ada.participantId };
  expect(await bo.request('hand:lower', adas)).toEqual(refusedAs('forbidden'));
  for (const participant of [stranger.participantId, newId()])
    expect(await host.request('hand:lower', { participant })).toEqual(
      refusedAs('participant-not-found'),
    );
  await sees(bo, ada);
  expect(await host.request('hand:lower', adas)).toEqual(done);
  await sees(bo);
});

test('R58 a reaction reaches everybody else in the meeting, as it is, and is kept nowhere', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const ada = await joinMeeting(meeting);
  const bo = await joinMeeting(meeting);
  const stranger = await joinMeeting(await makeMeeting(url));
  expect(await ada.request('reaction:send', { sealed: 'c2VhbGVk' })).toEqual(done);
  await bo.until('a reaction', () => bo.heard['reaction:received'].length === 1);
  expect(bo.heard['reaction:received']).toEqual([{ from: ada.participantId, sealed: 'c2VhbGVk' }]);
  const late = await joinMeeting(meeting);
  await late.request('hand:raise', {});
  await sees(late, late);
  for (const one of [ada, stranger, late]) expect(one.heard['reaction:received']).toEqual([]);
  for (const sealed of ['', 'A'.repeat(420), '👍'])
    expect(await ada.request('reaction:send', { sealed })).toEqual(refusedAs('invalid-payload'));
});

test('R58 five reactions at once and one a second reach the others, not more', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const ada = await joinMeeting(meeting);
  const bo = await joinMeeting(meeting);
  const send = (sealed: string) => ada.request('reaction:send', { sealed });
  for (let count = 0; count < 5; count++) expect(await send('b25l')).toEqual(done);
  expect(await send('bW9yZQ')).toEqual(refusedAs('too-many-requests'));
  clock.advance(1_000);
  expect(await send('bGFzdA')).toEqual(done);
  await bo.until('the last', () => bo.heard['reaction:received'].at(-1)?.sealed === 'bGFzdA');
  expect(bo.heard['reaction:received']).toHaveLength(6);
});

test('R59 who is away is shown as that, until they are back or join again', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const ada = await joinMeeting(meeting);
  const { token } = await admitted(meeting);
  const bo = await TestClient.connect(url, token);
  const { resume } = await bo.join();
  const isShown = (presence: string) =>
    ada.snapshot(`Bo is ${presence}`, ({ participants }) => participants[1]?.presence === presence);
  for (const [away, presence] of [
    [true, 'away'],
    [false, 'present'],
    [true, 'away'],
  ] as const) {
    expect(await bo.request('away:set', { away })).toEqual(done);
    await isShown(presence);
  }
  bo.socket.disconnect();
  await isShown('reconnecting');
  const back = await TestClient.connect(url, token);
  const { snapshot } = await back.join({ resume });
  expect(snapshot.participants[1]?.presence).toBe('present');
});
