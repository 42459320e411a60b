import { Refusal } from '@confab/protocol';
import vectors from '@confab/protocol/vectors.json';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Unreachable, admit, createMeeting, describeMeeting } from './meetings-api.ts';

const { secret, meetingId } = vectors.inputs;

afterEach(() => vi.unstubAllGlobals());

/** A server that answers this, and the calls it got. */
function answering(status: number, body: unknown) {
  const calls: { path: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', (path: string, request: RequestInit) => {
    const sent = typeof request.body === 'string' ? (JSON.parse(request.body) as unknown) : null;
    calls.push({ path, body: sent });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve(new Response(text, { status }));
  });
  return calls;
}

test('R2 making a meeting tells the verifier and nothing else', async () => {
  const calls = answering(201, { meetingId, hostToken: 'host' });
  expect(await createMeeting(secret)).toEqual({ meetingId, hostToken: 'host' });
  expect(calls).toEqual([{ path: '/api/meetings', body: { verifier: vectors.keys.verifier } }]);
});

test('R12 admission tells the proof and what was given, never the secret', async () => {
  const answer = { token: 't', participantId: meetingId, role: 'host', tokenLifetime: 3_600 };
  const calls = answering(200, answer);
  expect(await admit(meetingId, secret, { passcode: 'open', invitation: 'i' })).toEqual(answer);
  expect(calls).toEqual([
    {
      path: `/api/meetings/${meetingId}/admission`,
      body: { proof: vectors.keys.proof, passcode: 'open', invitation: 'i' },
    },
  ]);
});

test('what a visitor may know', async () => {
  answering(200, { passcode: true, waitingRoom: false, relay: true, recorded: true });
  expect(await describeMeeting(meetingId)).toEqual({
    passcode: true,
    waitingRoom: false,
    relay: true,
    recorded: true,
  });
});

describe('R4 refusals', () => {
  test.each([
    [404, 'meeting-not-found'],
    [409, 'meeting-full'],
    [410, 'meeting-ended'],
    [403, 'passcode-required'],
    [429, 'too-many-requests'],
  ])('R4 %i %s', async (status, error) => {
    answering(status, { error, message: 'A sentence.' });
    const refused = admit(meetingId, secret);
    await expect(refused).rejects.toBeInstanceOf(Refusal);
    await expect(refused).rejects.toMatchObject({ code: error });
  });
});

describe('answers that are none', () => {
  test.each<[string, number, unknown]>([
    ['a page of a proxy', 502, '<html>Bad gateway</html>'],
    ['a page that says all is well', 200, '<html>Welcome to the hotel</html>'],
    ['nothing', 200, ''],
    ['null', 200, null],
    ['a refusal nobody agreed on', 400, { error: 'because' }],
    ['a refusal named like an inherited thing', 400, { error: 'constructor' }],
    ['no meeting id', 200, { hostToken: 'x' }],
    ['a meeting id of another kind', 200, { meetingId: 5, hostToken: 'x' }],
  ])('%s', async (_name, status, body) => {
    answering(status, body);
    await expect(createMeeting(secret)).rejects.toBeInstanceOf(Unreachable);
  });

  test('no server', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(describeMeeting(meetingId)).rejects.toBeInstanceOf(Unreachable);
  });
});
