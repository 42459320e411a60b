import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { seated } from './host-desk.ts';
import { RawConnection } from './raw-connection.ts';
import { joinMeeting, someone, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';

/** Two people, one of whom has just lost the connection. */
async function oneLost(settings = {}) {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url, settings);
  const stays = await joinMeeting(meeting);
  const { token, participantId } = await admitted(meeting);
  const lost = await TestClient.connect(url, token);
  const { resume } = await lost.join();
  clock.advance(1_000);
  lost.socket.io.engine.close();
  await stays.snapshot(
    'a reconnecting participant',
    (s) => s.participants[1]?.presence === 'reconnecting',
  );
  return {
    meeting,
    clock,
    stays,
    lostId: participantId,
    back: () => TestClient.connect(url, token).then((client) => client.join({ resume })),
  };
}

const only = (id: string) => (s: { participants: { id: string }[] }) =>
  s.participants.length === 1 && s.participants[0]?.id === id;

test('R9 a lost connection is shown as reconnecting for 6 s, then no more', async () => {
  const { clock, stays } = await oneLost();
  const before = stays.heard['meeting:changed'].length;
  clock.advance(5_999);
  await stays.request('presence:update', { microphone: false, camera: true });
  const shown = await stays.snapshot(
    'the update',
    (s) => s.participants[0]?.media.microphone === false,
  );
  expect(shown.participants).toHaveLength(2);
  expect(stays.heard['meeting:changed'].length).toBe(before + 1);
  clock.advance(101);
  await stays.snapshot(
    'one participant',
    (s) => s.version > shown.version && only(stays.participantId)(s),
  );
});

test('R9 within 45 s the same token brings back the same arrival; later it takes a new seat', async () => {
  const within = await oneLost();
  within.clock.advance(44_900);
  const returned = await within.back();
  expect(returned.snapshot.participants.map(({ arrival }) => arrival)).toEqual([1, 2]);
  expect(returned.snapshot.participants[1]?.presence).toBe('present');

  const later = await oneLost();
  later.clock.advance(45_100);
  const anew = await later.back();
  expect(anew.snapshot.participants.map(({ arrival }) => arrival)).toEqual([1, 3]);
});

test('R9 a seat that is only reserved gives way when nothing else is free', async () => {
  const { meeting, clock, stays, back } = await oneLost({ capacity: 2 });
  clock.advance(6_001);
  await stays.snapshot('one participant', only(stays.participantId));

  await joinMeeting(meeting);
  await expect(back()).rejects.toThrow('meeting-full');
});

test('R9 guests who fill the meeting keep its host out neither before one came nor after the role went to one of them', async () => {
  const meeting = await makeMeeting((await startTestServer()).url, { capacity: 2 });
  const asHost = { invitation: meeting.hostToken };
  const full = { answer: { error: 'meeting-full' } };
  const [bo, cy] = [await seated(meeting), await seated(meeting)];
  expect(await askAdmission(meeting)).toMatchObject(full);
  const ada = await seated(meeting, asHost);
  expect(await askAdmission(meeting, asHost)).toMatchObject(full);
  await ada.client.request('meeting:leave', {});
  expect(await bo.client.request('role:claim', {})).toEqual({ ok: true, data: {} });
  const { snapshot } = await ada.client.join();
  expect(snapshot.participants).toHaveLength(3);
  await cy.client.request('meeting:leave', {});
  expect(await askAdmission(meeting)).toMatchObject(full);
});

test('R9 a host who comes anew finds a seat beside the one that is reserved for them', async () => {
  const clock = new FakeClock();
  const meeting = await makeMeeting((await startTestServer({}, { clock })).url, { capacity: 2 });
  const asHost = { invitation: meeting.hostToken };
  const [ada, bo] = [await seated(meeting, asHost), await seated(meeting)];
  clock.advance(1_000);
  ada.client.socket.io.engine.close();
  await bo.client.snapshot('a reconnecting host', ({ participants }) =>
    participants.some(({ presence }) => presence === 'reconnecting'),
  );
  clock.advance(7_000);
  await seated(meeting, asHost);
  const back = await TestClient.connect(meeting.url, ada.token);
  const { snapshot } = await back.join({ resume: ada.resume });
  expect(snapshot.participants.map(({ role }) => role)).toEqual(['host', 'participant', 'host']);
});

test('R9 a connection that falls silent is noticed, and shown as reconnecting for 1 s', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const stays = await joinMeeting(meeting);
  const { token } = await admitted(meeting);
  // It answers no heartbeat.
  const silent = await RawConnection.enter(url, token);
  silent.socket.send(`420${JSON.stringify(['meeting:join', someone()])}`);
  await silent.frame('430[{"ok":true');
  clock.advance(1_000);
  await stays.snapshot('a loss', (s) => s.participants[1]?.presence === 'reconnecting');
  clock.advance(900);
  expect((await stays.join()).snapshot.participants).toHaveLength(2);
  clock.advance(200);
  expect((await stays.join()).snapshot.participants).toHaveLength(1);
});

test('R10 each vouch keeps the seat shown for 6 s more, beyond 45 s too', async () => {
  const { clock, stays, lostId } = await oneLost();
  for (let vouch = 0; vouch < 10; vouch++) {
    clock.advance(5_900);
    await stays.request('presence:vouch', { participants: [lostId] });
  }
  await stays.request('presence:update', { microphone: false, camera: true });
  const shown = await stays.snapshot(
    'the update',
    (s) => s.participants[0]?.media.microphone === false,
  );
  expect(shown.participants).toHaveLength(2);
  clock.advance(6_100);
  await stays.snapshot(
    'one participant',
    (s) => s.version > shown.version && only(stays.participantId)(s),
  );
});

test('R10 vouching has no effect from ten minutes after the loss on', async () => {
  const { clock, stays, lostId } = await oneLost();
  const vouch = () => stays.request('presence:vouch', { participants: [lostId] });
  for (let passed = 0; passed < 595; passed += 5) {
    clock.advance(5_000);
    await vouch();
  }
  clock.advance(4_900);
  await vouch();
  expect((await stays.join()).snapshot.participants).toHaveLength(2);
  clock.advance(200);
  expect((await stays.join()).snapshot.participants).toHaveLength(1);
});

test('R22 a reconnecting participant receives no signal, and its sender is told', async () => {
  const { stays, lostId } = await oneLost();
  stays.signal(lostId);
  const refused = await stays.until('a refusal', () => stays.heard['signal:refused'][0]);
  expect(refused).toEqual({ to: lostId, error: 'participant-not-found' });
});

test('R36 a connection ends 5 s after its token expired, and one with a renewed token stays', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const [expires, renews] = [await joinMeeting(meeting), await joinMeeting(meeting)];
  clock.advance(1_800_000);
  await renews.request('token:renew', {});
  clock.advance(1_804_000);
  await expires.request('presence:update', { microphone: false, camera: true });
  clock.advance(2_000);
  expect(await expires.until('the end', () => expires.disconnected)).toBe('transport close');
  expect((await renews.request('token:renew', {})).ok).toBe(true);
});
