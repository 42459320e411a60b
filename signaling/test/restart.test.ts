import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, post, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

/** A server, and the way to stop it and start another one on what it kept. */
async function restartable(env: Record<string, string> = {}) {
  const clock = new FakeClock();
  const first = await startTestServer(env, { clock });
  const DATA_DIR = first.settings.dataDir;
  const restart = async () => {
    await first.close();
    const { url } = await startTestServer({ ...env, DATA_DIR }, { clock });
    return { url, at: (meeting: TestMeeting) => ({ ...meeting, url }) };
  };
  return { clock, url: first.url, restart };
}

/** A host and a guest, who were in a meeting when its server stopped, and the meeting at the new one. */
async function twoPeopleRestarted(settings = {}) {
  const { clock, url, restart } = await restartable();
  const before = await makeMeeting(url, settings);
  const people: { token: string; participantId: string; incarnation: string; resume: string }[] =
    [];
  for (const as of [{ invitation: before.hostToken }, {}]) {
    const { token, participantId } = await admitted(before, as);
    const client = await TestClient.connect(url, token);
    const incarnation = newId();
    const { resume } = await client.join({ incarnation });
    people.push({ token, participantId, incarnation, resume });
  }
  const after = await restart();
  const meeting = after.at(before);
  const back = async ({ token, incarnation, resume }: (typeof people)[number]) => {
    const client = await TestClient.connect(after.url, token);
    return { client, ...(await client.join({ incarnation, resume })) };
  };
  const [host, guest] = people as [(typeof people)[number], (typeof people)[number]];
  return { clock, meeting, host, guest, back };
}

test('R9 after a restart everybody is reconnecting, and comes back to the same seat, role and arrival', async () => {
  const { meeting, host, guest, back } = await twoPeopleRestarted();
  const newcomer = await joinMeeting(meeting);
  const { snapshot } = await newcomer.join();
  expect(snapshot.participants).toMatchObject([
    { id: host.participantId, arrival: 1, role: 'host', presence: 'reconnecting' },
    { id: guest.participantId, arrival: 2, role: 'participant', presence: 'reconnecting' },
    { id: newcomer.participantId, arrival: 3, presence: 'present' },
  ]);
  await back(guest);
  const { client, snapshot: whole } = await back(host);
  expect(
    whole.participants.map(({ id, presence, incarnation }) => [id, presence, incarnation]),
  ).toEqual([
    [host.participantId, 'present', host.incarnation],
    [guest.participantId, 'present', guest.incarnation],
    [newcomer.participantId, 'present', snapshot.participants[2]?.incarnation],
  ]);
  newcomer.signal(client.participantId);
  await client.until('a signal', () => client.heard['signal:received'].length === 1);
});

test('R8 after a restart the seat is as well guarded as before', async () => {
  const { meeting, host, back } = await twoPeopleRestarted();
  const thief = await TestClient.connect(meeting.url, host.token);
  await expect(thief.join({ incarnation: newId() })).rejects.toThrow('resume-invalid');
  await back(host);
});

test('R9 after a restart seats are shown for 15 s, and reserved for 45 s', async () => {
  const { clock, meeting, host, guest, back } = await twoPeopleRestarted();
  const watcher = await joinMeeting(meeting);
  clock.advance(14_900);
  const shown = await watcher.join();
  expect(shown.snapshot.participants).toHaveLength(3);
  clock.advance(200);
  await watcher.snapshot('only the watcher', (s) => s.participants.length === 1);
  clock.advance(29_700);
  expect((await back(guest)).snapshot.participants.map(({ arrival }) => arrival)).toEqual([2, 3]);
  clock.advance(400);
  expect((await back(host)).snapshot.participants.map(({ arrival }) => arrival)).toEqual([2, 3, 4]);
});

test('R10 after a restart vouching keeps a seat shown for longer, and never for less', async () => {
  const { clock, meeting, guest } = await twoPeopleRestarted();
  const watcher = await joinMeeting(meeting);
  const vouch = () => watcher.request('presence:vouch', { participants: [guest.participantId] });
  await vouch();
  clock.advance(14_000);
  expect((await watcher.join()).snapshot.participants).toHaveLength(3);
  await vouch();
  clock.advance(5_900);
  expect((await watcher.join()).snapshot.participants.map(({ arrival }) => arrival)).toEqual([
    2, 3,
  ]);
});

test('R9 who was not shown any more is not shown again by a restart, and may come back all the same', async () => {
  const { clock, url, restart } = await restartable();
  const before = await makeMeeting(url);
  const stays = await joinMeeting(before);
  const { token } = await admitted(before);
  const lost = await TestClient.connect(url, token);
  const { resume } = await lost.join();
  clock.advance(1_000);
  lost.socket.io.engine.close();
  await stays.snapshot('a loss', (s) => s.participants[1]?.presence === 'reconnecting');
  clock.advance(6_100);
  await stays.snapshot('one participant', (s) => s.version > 2 && s.participants.length === 1);
  const { at } = await restart();
  const meeting = at(before);
  const { snapshot } = await (await joinMeeting(meeting)).join();
  expect(snapshot.participants.map(({ arrival }) => arrival)).toEqual([1, 3]);
  const returned = await (await TestClient.connect(meeting.url, token)).join({ resume });
  expect(returned.snapshot.participants.map(({ arrival }) => arrival)).toEqual([1, 2, 3]);
});

test('R11 after a restart no arrival is given a second time, though its seat was given up', async () => {
  const { url, restart } = await restartable();
  const before = await makeMeeting(url);
  await joinMeeting(before);
  const leaves = await joinMeeting(before);
  expect(await leaves.request('meeting:leave', {})).toEqual({ ok: true, data: {} });
  const meeting = (await restart()).at(before);
  const { snapshot } = await (await joinMeeting(meeting)).join();
  expect(snapshot.participants.map(({ arrival }) => arrival)).toEqual([1, 3]);
});

test('R41 what one’s microphone and camera do is known after a restart', async () => {
  const { url, restart } = await restartable();
  const before = await makeMeeting(url);
  const client = await joinMeeting(before);
  await client.request('presence:update', { microphone: false, camera: true });
  const { snapshot } = await (await joinMeeting((await restart()).at(before))).join();
  expect(snapshot.participants[0]?.media).toEqual({ microphone: false, camera: true });
});

test('R41 terms, passcode and binding outlive the server', async () => {
  const { url, restart } = await restartable();
  const guarded = await makeMeeting(url, { passcode: 'open sesame', capacity: 1 });
  const { answer } = await post(`${url}/api/meetings`, {});
  const bound: TestMeeting = {
    url,
    meetingId: String(answer.meetingId),
    hostToken: String(answer.hostToken),
    proof: randomBytes(32).toString('base64url'),
  };
  await admitted(bound, { invitation: bound.hostToken });
  const { at } = await restart();

  expect((await askAdmission(at(guarded))).answer.error).toBe('passcode-required');
  const { token } = await admitted(at(guarded), { passcode: 'open sesame' });
  await (await TestClient.connect(at(guarded).url, token)).join();
  const full = await askAdmission(at(guarded), { passcode: 'open sesame' });
  expect(full.answer.error).toBe('meeting-full');

  expect((await askAdmission(at(bound))).status).toBe(200);
  const other = { ...at(bound), proof: randomBytes(32).toString('base64url') };
  expect((await askAdmission(other, { invitation: bound.hostToken })).status).toBe(404);
});

test('R4 a meeting that was empty for a week ends though the server was restarted, and is remembered as ended', async () => {
  const { clock, url, restart } = await restartable();
  const before = await makeMeeting(url);
  const ended = await makeMeeting(url);
  clock.advance(6 * 24 * 3_600_000);
  await (await joinMeeting(before)).request('meeting:leave', {});
  clock.advance(24 * 3_600_000 + 60_000);
  expect((await askAdmission(ended)).status).toBe(410);
  const { at } = await restart();
  expect((await askAdmission(at(ended))).status).toBe(410);
  expect((await askAdmission(at(before))).status).toBe(200);
  clock.advance(24 * 3_600_000 + 60_000);
  expect((await askAdmission(at(ended))).status).toBe(404);
  clock.advance(5 * 24 * 3_600_000);
  expect((await askAdmission(at(before))).status).toBe(410);
});

test('nobody who comes back makes a meeting empty again for a week, not before', async () => {
  const { clock, url, restart } = await restartable();
  const before = await makeMeeting(url);
  await joinMeeting(before);
  const meeting = (await restart()).at(before);
  clock.advance(7 * 24 * 3_600_000);
  expect((await askAdmission(meeting)).status).toBe(200);
  clock.advance(120_000);
  expect((await askAdmission(meeting)).status).toBe(410);
});
