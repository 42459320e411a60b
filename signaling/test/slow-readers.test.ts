import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { RawConnection } from './raw-connection.ts';
import { joinMeeting, someone, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';

test('R36 a participant who stops reading is cut off after 3 s, others are not', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const sender = await joinMeeting(meeting);
  const { token, participantId } = await admitted(meeting);
  const stalled = await RawConnection.enter(url, token);
  stalled.socket.send(`420${JSON.stringify(['meeting:join', someone()])}`);
  await stalled.frame('430[{"ok":true');
  stalled.socket.pause();

  const sealed = 'x'.repeat(32_768);
  for (let signal = 0; signal < 590; signal++) sender.signal(participantId, sealed);
  expect((await sender.request('token:renew', {})).ok).toBe(true);
  clock.advance(3_900);
  await sender.request('presence:update', { microphone: false, camera: true });
  const before = await sender.snapshot(
    'the update',
    (s) => s.participants[0]?.media.microphone === false,
  );
  expect(before.participants[1]?.presence).toBe('present');
  clock.advance(1_000);
  await sender.snapshot(
    'the reader reconnecting',
    (s) => s.participants[1]?.presence === 'reconnecting',
  );
  expect((await sender.request('token:renew', {})).ok).toBe(true);
});

test('R36 a connection that takes no seat is closed after a minute, one that has a seat is not', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const seated = await joinMeeting(meeting);
  const { token } = await admitted(meeting);
  const idle = await TestClient.connect(url, token);
  clock.advance(59_000);
  expect(await idle.ask('token:renew', {})).toEqual({ ok: false, error: 'wrong-state' });
  clock.advance(2_000);
  expect(await idle.until('the end', () => idle.disconnected)).toBe('transport close');
  expect((await seated.request('token:renew', {})).ok).toBe(true);
});
