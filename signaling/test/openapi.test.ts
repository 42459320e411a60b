import { randomBytes } from 'node:crypto';
import { Validator } from '@seriousme/openapi-schema-validator';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { expect, test, vi } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { OpenApiChecker } from './openapi-checker.ts';
import type { OpenApi } from './openapi-checker.ts';
import { recordRoutes } from './recorded-routes.ts';
import { redisWithNodes } from './nodes.ts';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const ADMIN_TOKEN = 'who-runs-this-server-may-look';
const API_KEY = 'kq83hd92msla01xp';

/** Those of the app, for browsers. */
const pages = ['/', '/m/:id', '/check', '/admin', '/index.html', '/*path'].map((at) => `get ${at}`);

async function documentOf(url: string): Promise<OpenApi> {
  return (await (await fetch(`${url}/api/openapi.json`)).json()) as OpenApi;
}

test('R111 the OpenAPI document is valid, and so are its examples', async () => {
  const { url } = await startTestServer();
  const document = await documentOf(url);
  expect(document.openapi).toBe('3.1.0');
  expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
  expect(new OpenApiChecker(document).wrongExamples).toEqual([]);
});

test('R111 every route of the API is in the document, and nothing else is', async () => {
  const recorded = recordRoutes();
  const { url } = await startTestServer();
  const routes = recorded().filter((route) => !pages.includes(route));
  expect(routes).toContain('post /api/meetings/:id/admission');
  const { paths } = await documentOf(url);
  const documented = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  const named = routes.map((route) => route.replaceAll(/:(\w+)/g, '{$1}'));
  expect(named.map(nameless).sort()).toEqual(documented.map(nameless).sort());
});

function nameless(route: string): string {
  return route.replaceAll(/\{\w+\}/g, '{}');
}

test('R111 every answer that the document promises is given, and each is as promised', async () => {
  const clock = new FakeClock();
  const server = await startTestServer({ ADMIN_TOKEN }, { clock });
  const keyed = await startTestServer({ API_KEYS: API_KEY });
  const { url } = server;
  const checker = new OpenApiChecker(await documentOf(url));
  const call = callBy(checker, url);
  const elsewhere = callBy(checker, keyed.url);

  await call('isAlive', 'GET /healthz');
  await call('isReady', 'GET /readyz');
  await call('metrics', 'GET /metrics');
  await call('metrics', 'GET /metrics', { headers: { forwarded: 'for=127.0.0.1' } });
  await call('describeApi', 'GET /api/openapi.json');

  const evil = { headers: { origin: 'https://evil.example' } };
  await call('createMeeting', 'POST /api/meetings', { body: { settings: { capacity: 3 } } });
  await call('createMeeting', 'POST /api/meetings', { body: { colour: 'red' } });
  await call('createMeeting', 'POST /api/meetings', evil);
  await elsewhere('createMeeting', 'POST /api/meetings');
  tooOften();
  await call('createMeeting', 'POST /api/meetings');

  const meetings = await meetingsOfAllKinds(url);
  const { open, locked, asking, ended, full, removed, unknown, planned } = meetings;
  const visit = ({ meetingId }: TestMeeting) =>
    call('describeMeeting', `GET /api/meetings/${meetingId}`);
  await visit(open);
  await visit(locked);
  // No percent-encoding.
  await call('describeMeeting', 'GET /api/meetings/%zz');

  const invite = (meeting: TestMeeting, more: Call = {}) =>
    call('createInvitation', `POST /api/meetings/${meeting.meetingId}/tokens`, {
      headers: { authorization: `Bearer ${meeting.hostToken}` },
      ...more,
    });
  const short = { expiresAt: Math.floor(clock.now() / 1_000) + 60 };
  const { invitation } = (await invite(open, { body: short })) as { invitation: string };
  await invite(open, { body: { role: 'king' } });
  await invite(open, { headers: {} });
  await invite(open, { headers: { authorization: `Bearer ${invitation}` } });
  await invite(open, evil);
  await invite(ended);
  tooOften();
  await invite(open);
  const key = { headers: { authorization: `Bearer ${API_KEY}` } };
  await elsewhere('createInvitation', `POST /api/meetings/${newId()}/tokens`, key);

  const inADay = { notBefore: short.expiresAt + 86_400 };
  const { invitation: early } = (await invite(open, { body: inADay })) as { invitation: string };
  const { id: taken, invitation: revoked } = (await invite(open)) as Record<string, string>;
  await invite(open, { headers: { authorization: `Bearer ${early}` } });
  const { token: guest } = await admitted(open);
  await invite(open, { headers: { authorization: `Bearer ${guest}` } });
  const hostCalls = {
    listInvitations: ['GET', 'tokens'],
    revokeInvitation: ['DELETE', `tokens/${taken ?? ''}`],
    readSchedule: ['GET', 'schedule'],
    setSchedule: ['PUT', 'schedule'],
  } as const;
  const schedule = { start: '2026-03-02T10:00', duration: 30, timeZone: 'Europe/Berlin' };
  const asHost = async (name: keyof typeof hostCalls, meeting = open, more: Call = {}) => {
    const [method, path] = hostCalls[name];
    return call(name, `${method} /api/meetings/${meeting.meetingId}/${path}`, {
      headers: { authorization: `Bearer ${meeting.hostToken}` },
      ...(name === 'setSchedule' && { body: { schedule: null } }),
      ...more,
    });
  };
  for (const name of Object.keys(hostCalls) as (keyof typeof hostCalls)[]) {
    await asHost(name);
    for (const bearer of ['nonsense', early, guest])
      await asHost(name, open, { headers: { authorization: `Bearer ${bearer}` } });
    await asHost(name, ended);
    await asHost(name, { ...open, meetingId: '%zz' });
    tooOften();
    await asHost(name, open);
    if (hostCalls[name][0] !== 'GET') await asHost(name, open, evil);
    const [method, path] = hostCalls[name];
    const body = name === 'setSchedule' && { body: { schedule } };
    await elsewhere(name, `${method} /api/meetings/${newId()}/${path}`, { ...key, ...body });
  }
  await asHost('revokeInvitation');
  await asHost('setSchedule', open, { body: { schedule: { ...schedule, timeZone: 'Mars' } } });
  await asHost('setSchedule', planned, { body: { schedule } });

  const enter = ({ meetingId, proof }: TestMeeting, more: object = {}, rest: Call = {}) =>
    call('admit', `POST /api/meetings/${meetingId}/admission`, {
      body: { proof, ...more },
      ...rest,
    });
  await enter(open);
  await enter(open, { colour: 'red' });
  await enter(open, { invitation: 'nonsense' });
  await enter(open, {}, evil);
  await enter(asking);
  await enter(asking, { passcode: 'wrong' });
  await enter(locked);
  await enter(removed.meeting, { invitation: removed.invitation });
  await enter(full);
  await enter(ended);
  await enter(unknown);
  await enter(planned);
  await enter(open, { invitation: revoked });
  tooOften();
  await enter(open);
  clock.advance(100_000);
  await enter(open, { invitation });
  await invite(open, { headers: { authorization: `Bearer ${invitation}` } });
  for (const name of Object.keys(hostCalls) as (keyof typeof hostCalls)[])
    await asHost(name, open, { headers: { authorization: `Bearer ${invitation}` } });

  const check = (more?: Call) => call('check', 'POST /api/check', more);
  await check();
  await check({ body: { meetingId: 1 } });
  await check(evil);
  tooOften();
  await check();

  const admin = { authorization: `Bearer ${ADMIN_TOKEN}` };
  const report = (headers?: Record<string, string>) =>
    call('report', 'GET /api/report', headers && { headers });
  await report(admin);
  await report();
  tooOften();
  await report();
  await elsewhere('report', 'GET /api/report', { headers: admin });

  server.drain();
  await call('isReady', 'GET /readyz');
  await call('createMeeting', 'POST /api/meetings');
  await enter(open);

  // A meeting that no node runs any more becomes none's that stops.
  const { startNode } = await redisWithNodes();
  const [gone, stopping] = [await startNode(), await startNode()];
  const { meetingId, hostToken } = await makeMeeting(gone.url);
  stopping.drain();
  await gone.close();
  const atStopping = callBy(checker, stopping.url);
  const asItsHost = { headers: { authorization: `Bearer ${hostToken}` } };
  await atStopping('describeMeeting', `GET /api/meetings/${meetingId}`);
  await atStopping('createInvitation', `POST /api/meetings/${meetingId}/tokens`, asItsHost);
  for (const [name, [method, path]] of Object.entries(hostCalls))
    await atStopping(name, `${method} /api/meetings/${meetingId}/${path}`, {
      ...asItsHost,
      ...(name === 'setSchedule' && { body: { schedule: null } }),
    });

  expect([...checker.seen].sort()).toEqual([...checker.promised].sort());
});

type Call = { body?: object; headers?: Record<string, string> };

/** Makes calls, `POST /api/meetings` for instance, and has each answer checked. */
function callBy(checker: OpenApiChecker, url: string) {
  return async (operationId: string, line: string, { body, headers }: Call = {}) => {
    const [method = '', path = ''] = line.split(' ');
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    return checker.check(operationId, response);
  };
}

/** The next call is one too many; counting as far as that is for other tests. */
function tooOften(): void {
  vi.spyOn(RateLimiterMemory.prototype, 'consume').mockRejectedValueOnce(new RateLimiterRes());
}

/** One meeting of each kind that answers otherwise. */
async function meetingsOfAllKinds(url: string) {
  const [open, planned, asking, full] = [
    await makeMeeting(url),
    await makeMeeting(url),
    await makeMeeting(url, { passcode: 'open sesame' }),
    await makeMeeting(url, { capacity: 1 }),
  ];
  await joinMeeting(full);
  const [locked, ended, shunned] = [await hosted(url), await hosted(url), await hosted(url)];
  await locked.host.request('policy:set', { locked: true });
  await ended.host.request('meeting:end', {});
  const address = `${url}/api/meetings/${shunned.meeting.meetingId}/tokens`;
  const made = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${shunned.meeting.hostToken}` },
  });
  const { invitation } = (await made.json()) as { invitation: string };
  const guest = await TestClient.connect(
    url,
    (await admitted(shunned.meeting, { invitation })).token,
  );
  await guest.join();
  await shunned.host.request('participant:remove', { participant: guest.participantId });
  return {
    ...{ open, planned, asking, full, locked: locked.meeting, ended: ended.meeting },
    removed: { meeting: shunned.meeting, invitation },
    unknown: { ...open, proof: randomBytes(32).toString('base64url') },
  };
}

async function hosted(url: string) {
  const meeting = await makeMeeting(url);
  const { token } = await admitted(meeting, { invitation: meeting.hostToken });
  const host = await TestClient.connect(url, token);
  await host.join();
  return { meeting, host };
}
