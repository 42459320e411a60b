import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

/** A meeting with a host and a guest in it. */
async function meetingWithHost() {
  const server = await startTestServer();
  const meeting = await makeMeeting(server.url);
  const { token } = await admitted(meeting, { invitation: meeting.hostToken });
  const host = await TestClient.connect(server.url, token);
  await host.join();
  const guest = await joinMeeting(meeting);
  return { ...server, meeting, host, guest };
}

async function seatFor(meeting: TestMeeting, as = {}) {
  const { token } = await admitted(meeting, as);
  return TestClient.connect(meeting.url, token);
}

const lock = { locked: true };
const refusedAs = (error: string) => ({ ok: false, error });

test('R48 a host locks and opens the meeting, everybody is told, and others may not', async () => {
  const { host, guest } = await meetingWithHost();
  expect(await guest.request('policy:set', lock)).toEqual(refusedAs('forbidden'));
  for (const locked of [true, false]) {
    expect(await host.request('policy:set', { locked })).toEqual({ ok: true, data: {} });
    for (const client of [host, guest])
      await client.snapshot(`locked is ${locked}`, ({ policy }) => policy.locked === locked);
  }
  expect(await host.ask('policy:set', { locked: 'yes' })).toEqual(refusedAs('invalid-payload'));
  expect(await host.ask('policy:set', {})).toEqual(refusedAs('invalid-payload'));
});

test('R48 into a locked meeting nobody new comes, and it looks like none to an outsider', async () => {
  const { url, meeting, host } = await meetingWithHost();
  const early = await seatFor(meeting);
  await host.request('policy:set', lock);

  expect(await askAdmission(meeting)).toMatchObject({
    status: 403,
    answer: { error: 'meeting-locked' },
  });
  const outsider = { ...meeting, proof: randomBytes(32).toString('base64url') };
  expect(await askAdmission(outsider)).toMatchObject({
    status: 404,
    answer: { error: 'meeting-not-found' },
  });
  expect((await fetch(`${url}/api/meetings/${meeting.meetingId}`)).status).toBe(404);
  const arriving = { incarnation: newId(), hello: 'aGVsbG8', media: nothingOn };
  expect(await early.request('meeting:join', arriving)).toEqual(refusedAs('meeting-locked'));

  await host.request('policy:set', { locked: false });
  expect(await early.request('meeting:join', arriving)).toMatchObject({ ok: true });
  expect((await askAdmission(meeting)).status).toBe(200);
});

test('R48 hosts come in all the same, and whoever has a seat comes back to it', async () => {
  const { meeting, url, host } = await meetingWithHost();
  const { token } = await admitted(meeting);
  const member = await TestClient.connect(url, token);
  const incarnation = newId();
  const { resume } = await member.join({ incarnation });
  await host.request('policy:set', lock);

  member.socket.disconnect();
  const back = await TestClient.connect(url, token);
  expect((await back.join({ incarnation, resume })).snapshot.policy).toEqual(lock);
  const second = await seatFor(meeting, { invitation: meeting.hostToken });
  await second.join();
  await host.snapshot('four people', ({ participants }) => participants.length === 4);
});

test('R41 R48 a lock outlives the server', async () => {
  const { meeting, host, ...server } = await meetingWithHost();
  await host.request('policy:set', lock);
  await server.close();
  const again = await startTestServer({ DATA_DIR: server.settings.dataDir });
  expect(await askAdmission({ ...meeting, url: again.url })).toMatchObject({
    answer: { error: 'meeting-locked' },
  });
});

const nothingOn = { microphone: false, camera: false };
