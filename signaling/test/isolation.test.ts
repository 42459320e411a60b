import { randomBytes } from 'node:crypto';
import { ParticipantId } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';

test('R22 a thousand signals to everybody but a neighbour reach nobody, and are refused alike', async () => {
  const { url } = await startTestServer({}, { clock: new FakeClock() });
  const here = await makeMeeting(url);
  const elsewhere = await makeMeeting(url);
  const canaries = [await joinMeeting(elsewhere), await joinMeeting(here)];
  const [stranger, neighbour] = canaries as [TestClient, TestClient];
  const unjoined = await admitted(here);
  const waiting = await TestClient.connect(url, unjoined.token);
  const left = await joinMeeting(here);
  await left.request('meeting:leave', {});

  const targets: unknown[] = [
    stranger.participantId,
    unjoined.participantId,
    left.participantId,
    neighbour.socket.id,
    stranger.socket.id,
    here.meetingId,
    `meeting:${elsewhere.meetingId}`,
    `meeting:${here.meetingId}`,
    ...['*', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty'],
    ...[null, 0, true, {}, [], [neighbour.participantId], { id: neighbour.participantId }],
    ...[`${neighbour.participantId} `, neighbour.participantId.toLowerCase() + '=', newId()],
  ];
  const perSender = 500;
  for (let round = 0; round < 2; round++) {
    const sender = await joinMeeting(here);
    for (let index = 0; index < perSender; index++) {
      const target =
        index < 400 ? targets[index % targets.length] : randomBytes(16).toString('base64url');
      sender.signal(target, 'Y2FuYXJ5');
    }
    await sender.until('every refusal', () => sender.heard['signal:refused'].length === perSender);
    for (const { to, error } of sender.heard['signal:refused']) {
      expect(error).toBe('participant-not-found');
      if (to !== undefined) expect(ParticipantId.safeParse(to).success).toBe(true);
    }
    // A delivery would have come before this one, which does arrive.
    sender.signal(neighbour.participantId, 'aG9uZXN0');
    await neighbour.until(
      'the honest signal',
      () => neighbour.heard['signal:received'].length === round + 1,
    );
    expect(sender.socket.connected).toBe(true);
  }
  await stranger.request('token:renew', {});
  for (const canary of [...canaries, waiting, left])
    expect(canary.heard['signal:received'].filter(({ sealed }) => sealed === 'Y2FuYXJ5')).toEqual(
      [],
    );
});

test('R22 a signal to oneself is refused', async () => {
  const { url } = await startTestServer();
  const alone = await joinMeeting(await makeMeeting(url));
  alone.signal(alone.participantId);
  const refused = await alone.until('a refusal', () => alone.heard['signal:refused'][0]);
  expect(refused).toEqual({ to: alone.participantId, error: 'participant-not-found' });
});

test('R1 R22 nobody can say who they are: the server stamps `from`, and refuses further keys', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const [mallory, victim] = [await joinMeeting(meeting), await joinMeeting(meeting)];
  const to = victim.participantId;
  for (const forged of [
    { from: to },
    { meeting: newId() },
    { sealed: 'not base64url!' },
    { sealed: '' },
    { sealed: 7 },
  ])
    mallory.socket.emit('signal:send', { to, sealed: 'c2VhbGVk', ...forged });
  mallory.socket.emit('signal:send', { to });
  mallory.socket.emit('signal:send', { to, sealed: 'x'.repeat(32_769) });
  await mallory.until('seven refusals', () => mallory.heard['signal:refused'].length === 7);
  expect(mallory.heard['signal:refused']).toEqual(
    Array.from({ length: 7 }, () => ({ to, error: 'invalid-payload' })),
  );
  mallory.signal(to, 'aG9uZXN0');
  await victim.until('the honest signal', () => victim.heard['signal:received'].length === 1);
  expect(victim.heard['signal:received']).toEqual([
    { from: mallory.participantId, sealed: 'aG9uZXN0' },
  ]);
});

test('R10 a vouch for another meeting changes nothing there', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const [here, elsewhere] = [await makeMeeting(url), await makeMeeting(url)];
  const mallory = await joinMeeting(here);
  const [stays, lost] = [await joinMeeting(elsewhere), await joinMeeting(elsewhere)];
  lost.socket.io.engine.close();
  clock.advance(200);
  await stays.snapshot(
    'a reconnecting participant',
    (s) => s.participants[1]?.presence === 'reconnecting',
  );
  await mallory.request('presence:vouch', { participants: [lost.participantId] });
  clock.advance(6_200);
  await stays.snapshot('one participant', (s) => s.version > 2 && s.participants.length === 1);
});
