import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { Memory } from '../src/store/memory.ts';
import { FakeClock } from './fake-clock.ts';
import { FaultyMedium } from './faulty-medium.ts';
import { joinMeeting, newId, someone, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, post, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

/** A meeting with somebody in it, on a medium that fails or waits when told so. */
async function onFaultyMedium() {
  const medium = new FaultyMedium(new Memory());
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { medium, clock });
  const meeting = await makeMeeting(url);
  const first = await joinMeeting(meeting);
  const { token, participantId } = await admitted(meeting);
  const connect = () => TestClient.connect(url, token);
  /** Resolves when the medium works again. */
  async function repaired() {
    medium.repair();
    await expect
      .poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000 })
      .toBe(200);
  }
  return { medium, clock, url, meeting, first, participantId, connect, repaired };
}

const presences = (s?: { participants: { presence: string }[] }) =>
  s?.participants.map(({ presence }) => presence);

test('R41 nobody is told of a seat that is not kept yet', async () => {
  const { medium, clock, first, connect } = await onFaultyMedium();
  const second = await connect();
  const release = medium.hold();
  const reached = medium.reached();
  clock.advance(1_000);
  let replies = 0;
  const joining = second.join().then(() => replies++);
  await reached;
  clock.advance(1_000);
  expect((await first.request('token:renew', {})).ok).toBe(true);
  expect([replies, first.heard['meeting:changed'].length]).toEqual([0, 0]);
  release();
  await joining;
  await first.snapshot('the second one', (s) => s.participants.length === 2);
});

test('R7 R41 who joins in the same breath as others, on a disk that takes its time, misses none of them', async () => {
  const { medium, clock, url, meeting, first, connect } = await onFaultyMedium();
  const another = async () => TestClient.connect(url, (await admitted(meeting)).token);
  const [earlier, one, other] = [await connect(), await another(), await another()];
  const endFirstWrite = medium.hold();
  const reached = medium.reached();
  const joining = [earlier.join()];
  await reached;
  // What is asked for while that is written goes into the next write together.
  const endSecondWrite = medium.hold();
  joining.push(one.join(), other.join());
  expect((await first.request('token:renew', {})).ok).toBe(true);
  clock.advance(1_000);
  endFirstWrite();
  endSecondWrite();
  const [, reply] = await Promise.all(joining);
  await expect
    .poll(
      () => {
        clock.advance(200);
        return presences(one.heard['meeting:changed'].at(-1) ?? reply?.snapshot);
      },
      { timeout: 10_000 },
    )
    .toEqual(['present', 'present', 'present', 'present']);
});

test('R41 a connection that is lost while its join is kept leaves no seat that nobody sits in', async () => {
  const { medium, first, participantId, connect } = await onFaultyMedium();
  const second = await connect();
  const release = medium.hold();
  const reached = medium.reached();
  const incarnation = newId();
  const joining = second.join({ incarnation });
  await reached;
  second.socket.io.engine.close();
  await expect(joining).rejects.toThrow();
  await expect
    .poll(
      () => {
        first.signal(participantId);
        return first.heard['signal:refused'].length;
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
  release();
  const again = await connect();
  const { snapshot } = await again.join({ incarnation });
  expect(presences(snapshot)?.at(0)).toBe('present');
  first.signal(participantId);
  await again.until('a signal', () => again.heard['signal:received'].length === 1);
});

test('R8 of two joins to one seat that are kept at the same time, the later has it, and the earlier is told so', async () => {
  const { medium, first, participantId, connect } = await onFaultyMedium();
  const [earlier, later] = [await connect(), await connect()];
  const incarnation = newId();
  const release = medium.hold();
  const reached = medium.reached();
  const joining = [earlier.join({ incarnation }).catch(() => undefined)];
  await reached;
  joining.push(later.join({ incarnation }));
  expect((await first.request('token:renew', {})).ok).toBe(true);
  release();
  await Promise.all(joining);
  await earlier.until('seat:taken', () => earlier.heard['seat:taken'].length === 1);
  first.signal(participantId);
  await later.until('a signal', () => later.heard['signal:received'].length === 1);
  const { snapshot } = await first.join();
  expect(presences(snapshot)).toEqual(['present', 'present']);
});

test('R5 whoever leaves while the join is being kept has left', async () => {
  const { medium, first, connect } = await onFaultyMedium();
  const second = await connect();
  await second.join();
  const release = medium.hold();
  const reached = medium.reached();
  const rejoining = second.request('meeting:join', someone());
  await reached;
  const leaving = second.request('meeting:leave', {});
  expect((await first.request('token:renew', {})).ok).toBe(true);
  release();
  expect(await rejoining).toEqual({ ok: false, error: 'wrong-state' });
  expect((await leaving).ok).toBe(true);
  expect(await second.request('token:renew', {})).toEqual({ ok: false, error: 'wrong-state' });
  expect((await first.join()).snapshot.participants).toHaveLength(1);
});

test('R41 what cannot be kept is refused, is undone, and works again afterwards', async () => {
  const { medium, url, meeting, first, connect, repaired } = await onFaultyMedium();
  const second = await connect();
  medium.breakDown();
  await expect(second.join()).rejects.toThrow('internal');
  await expect(second.join()).rejects.toThrow('internal');
  expect(await askAdmission(meeting)).toMatchObject({ status: 500, answer: { error: 'internal' } });
  const { status, answer } = await post(`${url}/api/meetings`, {});
  expect([status, answer.error]).toEqual([500, 'internal']);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  // Who is there goes on, and is told what happens.
  expect(await first.join().catch((error: unknown) => (error as Error).message)).toBe('internal');
  expect((await first.request('presence:update', { microphone: false, camera: true })).ok).toBe(
    true,
  );
  await repaired();
  const { snapshot } = await second.join();
  expect(snapshot.participants.map(({ arrival, presence }) => [arrival, presence])).toEqual([
    [1, 'present'],
    [3, 'present'],
  ]);
});

test('R2 R41 a binding that cannot be kept binds nothing', async () => {
  const { medium, url, repaired } = await onFaultyMedium();
  const { answer } = await post(`${url}/api/meetings`, {});
  const as = (proof: string): TestMeeting => ({
    url,
    meetingId: String(answer.meetingId),
    hostToken: String(answer.hostToken),
    proof,
  });
  const one = as(randomBytes(32).toString('base64url'));
  const other = as(randomBytes(32).toString('base64url'));
  const invitation = String(answer.hostToken);
  medium.breakDown();
  expect((await askAdmission(one, { invitation })).status).toBe(500);
  await repaired();
  expect((await askAdmission(other, { invitation })).status).toBe(200);
  expect((await askAdmission(one, { invitation })).status).toBe(404);
});
