import { expect, test } from 'vitest';
import { signingKey } from '../src/tokens/signing-key.ts';
import { badTokens, signedToken } from './bad-tokens.ts';
import { FakeClock } from './fake-clock.ts';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, post, startTestServer } from './test-server.ts';

const SECRET = 'r8Jd0eYqLq0bV5nq3tZk1mXo7sWc2uAh9fPg4iEy';

async function meetingWithKey() {
  const clock = new FakeClock();
  const { url } = await startTestServer({ SECRET }, { clock });
  const now = Math.floor(clock.now() / 1000);
  const meeting = await makeMeeting(url);
  return { url, clock, now, meeting, key: signingKey(SECRET) };
}

const signedAt = (now: number, meeting: string) => ({
  iss: 'confab',
  meeting,
  role: 'host',
  iat: now,
  exp: now + 3_600,
});

const rightAnswers: Record<string, string[]> = {
  expired: ['token-expired'],
  'an unknown meeting': ['meeting-not-found'],
  // Longer than any message may be, so the connection ends before a token is seen.
  'a hundred thousand bytes': ['transport close', 'transport error'],
};

test('no bad participant token opens a connection or makes an invitation', async () => {
  const { url, meeting, key, now } = await meetingWithKey();
  const good = { ...signedAt(now, meeting.meetingId), aud: 'confab/socket', sub: newId() };
  const bad = badTokens(good, 'participant+jwt', key, now);
  const { sub: _sub, ...withoutSub } = good;
  bad['no sub'] = signedToken(withoutSub, 'participant+jwt', key);
  bad['lives two hours'] = signedToken({ ...good, exp: now + 7_200 }, 'participant+jwt', key);
  bad['the host token'] = meeting.hostToken;
  expect(Object.keys(bad).length).toBeGreaterThan(60);

  const accepted: string[] = [];
  for (const [name, token] of Object.entries(bad)) {
    const answer = await TestClient.connect(url, token).then(
      () => 'connected',
      (error: unknown) => (error as Error).message,
    );
    const right = rightAnswers[name.startsWith('expired') ? 'expired' : name] ?? ['token-invalid'];
    if (!right.includes(answer)) accepted.push(`${name}: ${answer}`);
  }
  expect(accepted).toEqual([]);
});

test('no bad invitation is admitted', async () => {
  const { meeting, key, now } = await meetingWithKey();
  const good = { ...signedAt(now, meeting.meetingId), aud: 'confab/admission' };
  const bad = badTokens(good, 'invitation+jwt', key, now);
  bad['a participant token'] = (await admitted(meeting)).token;
  // It is good, later (R108).
  delete bad['nbf ahead'];

  const accepted: string[] = [];
  for (const [name, invitation] of Object.entries(bad)) {
    const { status, answer } = await askAdmission(meeting, { invitation });
    const refused = status === 401 || (status === 400 && answer.error === 'invalid-payload');
    if (!refused) accepted.push(`${name}: ${status}`);
  }
  expect(accepted).toEqual([]);
});

test('no bad token makes an invitation', async () => {
  const { url, meeting, key, now } = await meetingWithKey();
  const good = { ...signedAt(now, meeting.meetingId), aud: 'confab/admission' };
  const bad = badTokens(good, 'invitation+jwt', key, now);
  delete bad['nbf ahead'];
  const accepted: string[] = [];
  for (const [name, token] of Object.entries(bad)) {
    // What no header may carry, or what the header's own white space rules make good again, is not worth asking.
    if (typeof token !== 'string' || token.trim() !== token || token.length > 3_000) continue;
    const { status } = await post(
      `${url}/api/meetings/${meeting.meetingId}/tokens`,
      {},
      { authorization: `Bearer ${token}` },
    );
    if (status !== 401) accepted.push(`${name}: ${status}`);
  }
  expect(accepted).toEqual([]);
});

test('the table is made of tokens that are good but for one thing', async () => {
  const { url, meeting, key, now } = await meetingWithKey();
  const good = { ...signedAt(now, meeting.meetingId), aud: 'confab/socket', sub: newId() };
  const token = signedToken(good, 'participant+jwt', key);
  const client = await TestClient.connect(url, token);
  expect((await client.join()).participantId).toBe(good.sub);
});

test('a token of one meeting is of no use in another', async () => {
  const { url, meeting } = await meetingWithKey();
  const other = await makeMeeting(url);
  expect(await askAdmission(meeting, { invitation: other.hostToken })).toMatchObject({
    status: 401,
  });
  const { status } = await post(
    `${url}/api/meetings/${meeting.meetingId}/tokens`,
    {},
    { authorization: `Bearer ${other.hostToken}` },
  );
  expect(status).toBe(401);
});

test('R3 whoever presents the host token is a host, and only hosts invite', async () => {
  const { url, meeting, clock } = await meetingWithKey();
  const host = await admitted(meeting, { invitation: meeting.hostToken });
  const guest = await admitted(meeting);
  expect([host.role, guest.role]).toEqual(['host', 'participant']);
  const invite = (token: string, body: object = {}) =>
    post(`${url}/api/meetings/${meeting.meetingId}/tokens`, body, {
      authorization: `Bearer ${token}`,
    });
  expect((await invite(guest.token)).status).toBe(403);
  expect((await invite(guest.token)).answer.error).toBe('forbidden');
  const byHost = await invite(host.token, { role: 'host' });
  expect(byHost.status).toBe(201);
  expect((await admitted(meeting, { invitation: byHost.answer.invitation })).role).toBe('host');

  const now = Math.floor(clock.now() / 1000);
  const later = await invite(meeting.hostToken, { role: 'host', notBefore: now + 3_000 });
  const { invitation } = later.answer;
  expect(await askAdmission(meeting, { invitation })).toMatchObject({
    status: 403,
    answer: { error: 'not-open', opensAt: now + 3_000, opensIn: 3_000 },
  });
  expect(await invite(String(invitation))).toMatchObject({ status: 403 });
  clock.advance(3_000_000);
  expect((await admitted(meeting, { invitation })).role).toBe('host');
  for (const wrong of [
    { expiresAt: 1 },
    { expiresAt: now + 401 * 86_400 },
    { role: 'admin' },
    { x: 1 },
  ])
    expect(await invite(meeting.hostToken, wrong)).toMatchObject({ status: 400 });
});

test('a token outlives its hour by the clocks’ tolerance and no longer', async () => {
  const { url, meeting, clock } = await meetingWithKey();
  const { token } = await admitted(meeting);
  await joinMeeting(meeting);
  clock.advance(3_629_000);
  const client = await TestClient.connect(url, token);
  await client.join();
  clock.advance(1_000);
  await expect(TestClient.connect(url, token)).rejects.toThrow('token-expired');
});
