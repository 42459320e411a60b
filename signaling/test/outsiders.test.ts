import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { newId, someone, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

/** A meeting and its host. */
async function hosted(url: string) {
  const meeting = await makeMeeting(url);
  const { token } = await admitted(meeting, { invitation: meeting.hostToken });
  const host = await TestClient.connect(url, token);
  await host.join();
  return { meeting, host };
}

/** One of each kind that is closed to somebody, or to everybody. */
async function closedOnes(url: string) {
  const unknown = { url, meetingId: newId(), hostToken: '', proof: '' };
  const [ended, locked, watched, removed, asking, open] = [
    await hosted(url),
    await hosted(url),
    await hosted(url),
    await hosted(url),
    await hosted(url),
    await hosted(url),
  ];
  await ended.host.request('meeting:end', {});
  await locked.host.request('policy:set', { locked: true });
  await asking.host.request('policy:set', { passcode: 'sesame' });
  await watched.host.request('policy:set', { waitingRoom: true });
  const { token, participantId: participant } = await admitted(watched.meeting);
  const denied = await TestClient.connect(url, token);
  await denied.request('door:knock', { incarnation: newId(), hello: someone().hello });
  await watched.host.request('knock:deny', { participant });
  const { token: seat } = await admitted(removed.meeting);
  const guest = await TestClient.connect(url, seat);
  await guest.join();
  await removed.host.request('participant:remove', { participant: guest.participantId });
  return {
    ...{ unknown, ended: ended.meeting, locked: locked.meeting, denied: watched.meeting },
    ...{ removed: removed.meeting, asking: asking.meeting, open: open.meeting },
  };
}

/** What somebody without the link's proof is answered: all of it but the date. */
async function answerTo(meeting: TestMeeting, more: object = {}) {
  const response = await fetch(`${meeting.url}/api/meetings/${meeting.meetingId}/admission`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ proof: randomBytes(32).toString('base64url'), ...more }),
  });
  return whole(response);
}

async function whole(response: Response) {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'date'));
  return { status: response.status, headers, body: await response.text() };
}

test('R4 R48 R71 to an outsider, unknown, ended, locked, denied and open meetings are alike, to the last byte', async () => {
  const { url } = await startTestServer();
  const meetings = await closedOnes(url);
  const { hostToken } = meetings.open;
  for (const more of [
    {},
    { passcode: 'sesame' },
    { passcode: 'wrong' },
    { invitation: hostToken },
  ]) {
    const unknown = await answerTo(meetings.unknown, more);
    expect(unknown).toMatchObject({ status: 404 });
    for (const [kind, meeting] of Object.entries(meetings))
      expect(await answerTo(meeting, more), `${kind} ${JSON.stringify(more)}`).toEqual(unknown);
  }
  const described = await Promise.all(
    [meetings.unknown, meetings.ended, meetings.locked].map(async ({ meetingId }) =>
      whole(await fetch(`${url}/api/meetings/${meetingId}`)),
    ),
  );
  expect(described[0]).toMatchObject({ status: 404 });
  for (const other of described) expect(other).toEqual(described[0]);
  // Who proves the link is told the truth.
  const truth = async (meeting: TestMeeting) => {
    const { status, answer } = await askAdmission(meeting);
    return status === 200 ? 'let in' : answer.error;
  };
  expect(await truth(meetings.ended)).toBe('meeting-ended');
  expect(await truth(meetings.locked)).toBe('meeting-locked');
  expect(await truth(meetings.asking)).toBe('passcode-required');
  expect(await truth(meetings.open)).toBe('let in');
});

test('R4 a wrong passcode of an outsider costs no hash: nothing is asked before the proof', async () => {
  const { url } = await startTestServer();
  const { asking, unknown } = await closedOnes(url);
  // Were one made, the sixth would have to wait.
  for (let guess = 0; guess < 7; guess++)
    expect(await answerTo(asking, { passcode: 'wrong' })).toEqual(await answerTo(unknown));
  expect((await askAdmission(asking, { passcode: 'sesame' })).status).toBe(200);
});
