import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { HttpError } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { joinMeeting } from './test-client.ts';
import {
  admitted,
  askAdmission,
  makeMeeting,
  post,
  startTestServer,
  verifierOf,
} from './test-server.ts';

const API_KEY = 'kq83hd92msla01xp';

test('R4 an unknown meeting, an id that is none, and a wrong proof are answered alike', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const wrong = { ...meeting, proof: randomBytes(32).toString('base64url') };
  const unknown = { ...meeting, meetingId: randomBytes(16).toString('base64url') };
  const malformed = { ...meeting, meetingId: 'nothing' };
  const answers = await Promise.all([wrong, unknown, malformed].map((m) => askAdmission(m)));
  expect(answers[0]).toMatchObject({ status: 404, answer: { error: 'meeting-not-found' } });
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test('R4 an ended meeting looks unknown to outsiders, and ended to whoever proves its link', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const { token } = await admitted(meeting);
  expect(await (await fetch(`${url}/api/meetings/${meeting.meetingId}`)).json()).toEqual({
    passcode: false,
    waitingRoom: false,
    relay: false,
    recorded: false,
  });
  clock.advance(7 * 24 * 3_600_000 + 60_000);
  expect(await askAdmission(meeting)).toMatchObject({
    status: 410,
    answer: { error: 'meeting-ended' },
  });
  const outsider = { ...meeting, proof: randomBytes(32).toString('base64url') };
  expect(await askAdmission(outsider)).toMatchObject({ status: 404 });
  const described = await fetch(`${url}/api/meetings/${meeting.meetingId}`);
  expect([described.status, HttpError.parse(await described.json()).error]).toEqual([
    404,
    'meeting-not-found',
  ]);
  expect(token).not.toBe('');
  clock.advance(24 * 3_600_000 + 60_000);
  expect(await askAdmission(meeting)).toMatchObject({ status: 404 });
});

test('a meeting with somebody in it does not end', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const client = await joinMeeting(meeting);
  for (let half = 0; half < 60; half++) {
    await client.request('token:renew', {});
    clock.advance(1_800_000);
  }
  expect((await askAdmission(meeting)).status).toBe(200);
});

test('R2 the first host binds a meeting without a verifier; until then it looks unknown', async () => {
  const { url } = await startTestServer();
  const { answer } = await post(`${url}/api/meetings`, {});
  const proof = randomBytes(32).toString('base64url');
  const meeting = {
    url,
    meetingId: String(answer.meetingId),
    hostToken: String(answer.hostToken),
    proof,
  };
  expect(await askAdmission(meeting)).toMatchObject({ status: 404 });
  expect(await askAdmission(meeting, { invitation: 'nonsense' })).toMatchObject({ status: 404 });
  expect((await admitted(meeting, { invitation: meeting.hostToken })).role).toBe('host');
  expect((await askAdmission(meeting)).status).toBe(200);
  const other = { ...meeting, proof: randomBytes(32).toString('base64url') };
  expect(await askAdmission(other, { invitation: meeting.hostToken })).toMatchObject({
    status: 404,
  });
});

test('R4 a passcode is asked of everybody but hosts, and guessing it becomes slow', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url, { passcode: 'open sesame' });
  const described = await fetch(`${url}/api/meetings/${meeting.meetingId}`);
  expect(await described.json()).toEqual({
    passcode: true,
    waitingRoom: false,
    relay: false,
    recorded: false,
  });
  expect(await askAdmission(meeting)).toMatchObject({
    status: 403,
    answer: { error: 'passcode-required' },
  });
  expect((await askAdmission(meeting, { passcode: 'open sesame' })).status).toBe(200);
  expect((await askAdmission(meeting, { invitation: meeting.hostToken })).status).toBe(200);
  for (let guess = 0; guess < 5; guess++)
    expect(await askAdmission(meeting, { passcode: 'open barley' })).toMatchObject({
      answer: { error: 'passcode-wrong' },
    });
  expect(await askAdmission(meeting, { passcode: 'open sesame' })).toMatchObject({ status: 429 });
  clock.advance(1_001);
  expect(await askAdmission(meeting, { passcode: 'open barley' })).toMatchObject({ status: 403 });
  clock.advance(1_001);
  expect(await askAdmission(meeting, { passcode: 'open sesame' })).toMatchObject({ status: 429 });
  clock.advance(1_001);
  expect((await askAdmission(meeting, { passcode: 'open sesame' })).status).toBe(200);
});

test('R4 a full meeting says so to whoever proves its link; a capacity above the server’s is cut', async () => {
  const { url } = await startTestServer({ MAX_PARTICIPANTS: '2' });
  const meeting = await makeMeeting(url, { capacity: 64 });
  await joinMeeting(meeting);
  await joinMeeting(meeting);
  expect(await askAdmission(meeting)).toMatchObject({
    status: 409,
    answer: { error: 'meeting-full' },
  });
  const outsider = { ...meeting, proof: randomBytes(32).toString('base64url') };
  expect(await askAdmission(outsider)).toMatchObject({ status: 404 });
});

test('API_KEYS: only holders make meetings, and holders invite to any', async () => {
  const { url } = await startTestServer({ API_KEYS: `abcdefghijklmnop,${API_KEY}` });
  const verifier = verifierOf(randomBytes(32).toString('base64url'));
  for (const authorization of ['', 'Bearer wrong', `Bearer ${API_KEY}x`, `Basic ${API_KEY}`])
    expect(await post(`${url}/api/meetings`, { verifier }, { authorization })).toMatchObject({
      status: 401,
    });
  const authorization = `Bearer ${API_KEY}`;
  const { status, answer } = await post(`${url}/api/meetings`, { verifier }, { authorization });
  expect(status).toBe(201);
  const invited = await post(
    `${url}/api/meetings/${String(answer.meetingId)}/tokens`,
    { role: 'host' },
    { authorization },
  );
  expect(invited).toMatchObject({ status: 201, answer: { role: 'host' } });
  const unknown = await post(
    `${url}/api/meetings/${randomBytes(16).toString('base64url')}/tokens`,
    {},
    { authorization },
  );
  expect(unknown).toMatchObject({ status: 404, answer: { error: 'meeting-not-found' } });
});

test.each([
  ['an unknown key', { name2: 'x' }],
  ['a setting too much', { settings: { colour: 'red' } }],
  ['a capacity of none', { settings: { capacity: 0 } }],
  ['a passcode too short', { settings: { passcode: '1' } }],
  ['a verifier too short', { verifier: 'AAAA' }],
  ['a list', []],
  ['no JSON', '{"verifier": '],
  ['a text', '"x"'],
  ['twenty kilobytes', { verifier: 'A'.repeat(20_000) }],
  ['depth', '['.repeat(8_000)],
])('R1 %s is refused when a meeting is made', async (_name, body) => {
  const { url } = await startTestServer();
  const { status, answer } = await post(`${url}/api/meetings`, body);
  expect(status).toBe(400);
  expect(HttpError.parse(answer).error).toBe('invalid-payload');
});

test('R1 whoever is refused for one field is told which', async () => {
  const { url } = await startTestServer();
  const make = async (body: unknown) => (await post(`${url}/api/meetings`, body)).answer;
  const sentence = 'The request does not fit what this call takes';
  const about = (field: string) => ({ error: 'invalid-payload', message: `${sentence}${field}.` });
  expect(await make({ settings: { passcode: '1' } })).toEqual(about(': settings.passcode'));
  expect(await make({ verifier: 7 })).toEqual(about(': verifier'));
  // Nobody's own words are answered.
  expect(await make({ '<b>': 1 })).toEqual(about(''));
});

test('R1 a body is read whatever it calls itself', async () => {
  const { url } = await startTestServer();
  const { status } = await post(
    `${url}/api/meetings`,
    { colour: 'red' },
    { 'content-type': 'text/plain' },
  );
  expect(status).toBe(400);
});

test('an address under /api that is none is answered in JSON', async () => {
  const { url } = await startTestServer();
  for (const path of ['/api', '/api/', '/api/x', '/api/meetings/x/y/z', '/api/meetings/%E0%A4%A']) {
    const response = await fetch(`${url}${path}`);
    expect(response.headers.get('content-type'), path).toContain('application/json');
    expect(response.status, path).toBeGreaterThanOrEqual(400);
    HttpError.parse(await response.json());
  }
});

test('a page of another origin changes nothing', async () => {
  const { url } = await startTestServer({ ALLOWED_ORIGINS: 'https://meet.example.org' });
  const from = (origin: string) => post(`${url}/api/meetings`, {}, { origin });
  expect(await from('https://evil.example')).toMatchObject({
    status: 403,
    answer: { error: 'origin-refused' },
  });
  expect(await from('null')).toMatchObject({ status: 403 });
  expect(await from('https://meet.example.org.evil.example')).toMatchObject({ status: 403 });
  expect(await from('https://meet.example.org')).toMatchObject({ status: 201 });
  expect(await from(url)).toMatchObject({ status: 201 });
});

test('one address that makes too many meetings is told to wait; through the trusted proxy others are not', async () => {
  const { url } = await startTestServer({ TRUST_PROXY: '127.0.0.1' });
  const from = (address: string) => post(`${url}/api/meetings`, {}, { 'x-forwarded-for': address });
  let last = 0;
  for (let made = 0; made <= 600 && last !== 429; made++) last = (await from('203.0.113.7')).status;
  expect(last).toBe(429);
  expect((await from('198.51.100.1, 203.0.113.7')).status).toBe(429);
  expect((await from('203.0.113.8')).status).toBe(201);
});

test('a proxy that TRUST_PROXY does not name is told of once', async () => {
  const { url, logged } = await startTestServer();
  for (let call = 0; call < 3; call++)
    expect((await post(`${url}/api/meetings`, {}, { 'x-forwarded-for': '1.1.1.1' })).status).toBe(
      201,
    );
  expect(logged().split('TRUST_PROXY').length - 1).toBe(1);
});

test('/metrics answers programs on this machine, and nobody who comes through a proxy', async () => {
  const { url } = await startTestServer();
  const status = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      request(`${url}/metrics`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  expect(await status({})).toBe(200);
  expect(await status({ 'x-forwarded-for': '127.0.0.1' })).toBe(404);
  expect(await status({ forwarded: 'for=127.0.0.1' })).toBe(404);
  expect(await status({ host: 'meet.example.org' })).toBe(404);
  // As nginx forwards everything, told no more than where to, and as it is told to for WebSocket.
  expect(await status({ connection: 'upgrade' })).toBe(404);
  expect(await firstLine(url, 'GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n')).toContain('404');
});

/** What the server says first to these very bytes. */
async function firstLine(url: string, request: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').end(request);
  const answer = await text(socket);
  return answer.slice(0, answer.indexOf('\r\n'));
}

test('METRICS_PORT takes /metrics away from the main port', async () => {
  const { url, metricsUrl } = await startTestServer({ METRICS_PORT: '0' });
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  const page = await (await fetch(`${metricsUrl ?? ''}/metrics`)).text();
  expect(page).toContain('confab_meetings 0');
});

test('/readyz refuses as soon as the server drains, and so do admissions', async () => {
  const server = await startTestServer();
  const meeting = await makeMeeting(server.url);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  server.drain();
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect(await askAdmission(meeting)).toMatchObject({
    status: 503,
    answer: { error: 'server-draining' },
  });
});
