import { createHmac, randomBytes } from 'node:crypto';
import { checkCall } from '@confab/protocol';
import type { CheckAnswer } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { seated } from './host-desk.ts';
import { redisWithNodes } from './nodes.ts';
import { makeMeeting, post, startTestServer } from './test-server.ts';

const API_KEY = 'kq83hd92msla01xp';
const TURN_SECRET = 'Wb3mQ0xTn5vRk8sYp2cLd7fHj1gZa4uE';
const TURN = {
  STUN_URLS: 'stun:stun.example.org:3478',
  TURN_URLS: 'turn:turn.example.org:3478,turns:turn.example.org:443?transport=tcp',
  TURN_SECRET,
};

async function check(url: string, body: object = {}): Promise<CheckAnswer> {
  const { status, answer } = await post(`${url}/api/check`, body);
  expect(status).toBe(200);
  return checkCall.answer.parse(answer);
}

test('R60 where everybody may make meetings, a check gets a credential that opens allocations for a minute', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer(TURN, { clock });
  const { relays, iceServers } = await check(url);
  expect(relays).toBe('offered');
  expect(iceServers).toHaveLength(2);
  const [stun, turn] = iceServers;
  expect(stun).toEqual({ urls: [TURN.STUN_URLS] });
  expect(turn?.urls).toEqual(TURN.TURN_URLS.split(','));
  const username = turn?.username ?? '';
  expect(username).toMatch(/^\d+:check-[\w-]{22}$/);
  expect(Number.parseInt(username)).toBe(Math.floor(clock.now() / 1000) + 60);
  expect(turn?.credential).toBe(createHmac('sha1', TURN_SECRET).update(username).digest('base64'));
});

test('R60 all checks of one network are one user of the relay, which does not say which network', async () => {
  const { url } = await startTestServer({ ...TURN, TRUST_PROXY: '127.0.0.1' });
  const userFrom = async (address: string) => {
    const { answer } = await post(`${url}/api/check`, {}, { 'x-forwarded-for': address });
    return checkCall.answer.parse(answer).iceServers[1]?.username?.replace(/^\d+:/, '');
  };
  const [one, same, other] = [
    await userFrom('2001:db8:1:2::3'),
    await userFrom('2001:db8:1:2:ffff::4'),
    await userFrom('2001:db8:9:9::3'),
  ];
  expect(one).toBe(same);
  expect(one).not.toBe(other);
});

test('R60 where only keys make meetings, who proves no link learns that there is TURN and gets no more', async () => {
  const { url } = await startTestServer({ ...TURN, API_KEYS: API_KEY });
  const proof = randomBytes(32).toString('base64url');
  const unknown = { meetingId: randomBytes(16).toString('base64url'), proof };
  const made = await post(
    `${url}/api/meetings`,
    { verifier: randomBytes(32).toString('base64url') },
    { authorization: `Bearer ${API_KEY}` },
  );
  const wrong = { meetingId: String(made.answer.meetingId), proof };
  for (const body of [{}, unknown, wrong, { proof }, { meetingId: wrong.meetingId }])
    expect(await check(url, body)).toEqual({
      iceServers: [{ urls: [TURN.STUN_URLS] }],
      relays: 'withheld',
    });
});

test('R60 where only keys make meetings, a link is proof enough', async () => {
  const { url } = await startTestServer({ ...TURN, API_KEYS: API_KEY });
  const { meetingId, proof } = await makeMeeting(url, undefined, API_KEY);
  const { relays, iceServers } = await check(url, { meetingId, proof });
  expect([relays, iceServers.length]).toEqual(['offered', 2]);
});

test.each([
  ['locked', { locked: true }],
  ['waits', { waitingRoom: true }],
  ['asks for a passcode', { passcode: 'sesame' }],
] as const)('R60 R71 a link is not proof enough where the meeting %s', async (_what, policy) => {
  const { url } = await startTestServer({ ...TURN, API_KEYS: API_KEY });
  const meeting = await makeMeeting(url, undefined, API_KEY);
  const ada = await seated(meeting, { invitation: meeting.hostToken });
  await ada.client.request('policy:set', policy);
  const { meetingId, proof } = meeting;
  expect(await check(url, { meetingId, proof })).toEqual({
    iceServers: [{ urls: [TURN.STUN_URLS] }],
    relays: 'withheld',
  });
});

test('R60 R61 a link is not proof enough from where somebody was removed', async () => {
  const { url } = await startTestServer({ ...TURN, API_KEYS: API_KEY, TRUST_PROXY: '127.0.0.1' });
  const meeting = await makeMeeting(url, undefined, API_KEY);
  const { meetingId, proof } = meeting;
  const ada = await seated(meeting, { invitation: meeting.hostToken });
  const bo = await seated(meeting);
  const offered = async (from: object) => {
    const { answer } = await post(`${url}/api/check`, { meetingId, proof }, { ...from });
    return checkCall.answer.parse(answer).relays;
  };
  expect(await offered({})).toBe('offered');
  await ada.client.request('participant:remove', { participant: bo.id });
  expect(await offered({})).toBe('withheld');
  expect(await offered({ 'x-forwarded-for': '203.0.113.9' })).toBe('offered');
});

test('R52 R60 a link is proof enough, or not, at any node', async () => {
  const { startNode } = await redisWithNodes();
  const env = { ...TURN, API_KEYS: API_KEY };
  const [one, two] = [await startNode(env), await startNode(env)];
  const meeting = await makeMeeting(one.url, undefined, API_KEY);
  const { meetingId, proof } = meeting;
  const ada = await seated(meeting, { invitation: meeting.hostToken });
  expect((await check(two.url, { meetingId, proof })).relays).toBe('offered');
  await ada.client.request('policy:set', { waitingRoom: true });
  expect((await check(two.url, { meetingId, proof })).relays).toBe('withheld');
});

test('R60 without TURN a check is told that there is none', async () => {
  const { url } = await startTestServer({ STUN_URLS: TURN.STUN_URLS });
  expect(await check(url)).toEqual({ iceServers: [{ urls: [TURN.STUN_URLS] }], relays: 'none' });
});

test('R60 a network that checks without end is refused, and so are pages of other origins', async () => {
  const { url } = await startTestServer(TURN);
  const foreign = await post(`${url}/api/check`, {}, { origin: 'https://evil.example' });
  expect(foreign).toMatchObject({ status: 403, answer: { error: 'origin-refused' } });
  const statuses = [];
  for (let asked = 0; asked < 31; asked++)
    statuses.push((await post(`${url}/api/check`, {})).status);
  expect(statuses.slice(0, 30).every((status) => status === 200)).toBe(true);
  expect(statuses[30]).toBe(429);
});

test.each([{ more: 1 }, { proof: 'short' }, { meetingId: 5 }, [], 'nonsense'])(
  'R1 a check that says %j is refused',
  async (body) => {
    const { url } = await startTestServer(TURN);
    const { status, answer } = await post(`${url}/api/check`, body);
    expect([status, answer.error]).toEqual([400, 'invalid-payload']);
  },
);
