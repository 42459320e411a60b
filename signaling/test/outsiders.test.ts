import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { closedOnes } from './closed-meetings.ts';
import { askAdmission, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

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
