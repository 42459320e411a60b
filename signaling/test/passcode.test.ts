import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { at, redisWithNodes } from './nodes.ts';
import { stores } from './stores.ts';
import { joinMeeting, someone, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const HOUR = 3_600_000;
const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };
const error = (code: string) => ({ answer: { error: code } });

async function hostOf(meeting: TestMeeting) {
  const { token } = await admitted(meeting, { invitation: meeting.hostToken });
  const client = await TestClient.connect(meeting.url, token);
  await client.join();
  return client;
}

const setBy = (host: TestClient, passcode: string | null) =>
  host.request('policy:set', { passcode });

test('R73 a host sets a passcode, changes it and takes it back; hosts and whoever is in are not asked', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const host = await hostOf(meeting);
  const guest = await joinMeeting(meeting);
  const address = `${url}/api/meetings/${meeting.meetingId}`;
  const describes = async () => (await (await fetch(address)).json()) as { passcode: boolean };
  expect(await setBy(guest, 'sesame')).toEqual(refusedAs('forbidden'));
  expect(await setBy(host, 'sesame')).toEqual(done);
  const seen = await guest.snapshot(
    'that one is asked for',
    ({ policy }) => policy.passcode === true,
  );
  expect(JSON.stringify(seen)).not.toContain('sesame');
  expect((await describes()).passcode).toBe(true);

  expect(await askAdmission(meeting)).toMatchObject(error('passcode-required'));
  expect(await askAdmission(meeting, { passcode: 'Sesame' })).toMatchObject(
    error('passcode-wrong'),
  );
  await admitted(meeting, { passcode: 'sesame' });
  await hostOf(meeting);
  expect(await setBy(host, 'open it')).toEqual(done);
  expect(await askAdmission(meeting, { passcode: 'sesame' })).toMatchObject(
    error('passcode-wrong'),
  );
  // Neither of them is lost where something else is set.
  expect(await host.request('policy:set', { waitingRoom: true })).toEqual(done);
  expect((await admitted(meeting, { passcode: 'open it' })).waits).toBe(true);
  expect(await askAdmission(meeting)).toMatchObject(error('passcode-required'));
  expect(await setBy(host, null)).toEqual(done);
  expect((await admitted(meeting)).waits).toBe(true);
  expect((await describes()).passcode).toBe(false);
  for (const bad of ['abc', 'a'.repeat(65), 7, ['sesame']])
    expect(await host.ask('policy:set', { passcode: bad })).toEqual(refusedAs('invalid-payload'));
});

test('R73 whoever was admitted before a passcode was set is asked for it, unless they have a seat', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const host = await hostOf(meeting);
  const { token } = await admitted(meeting);
  const { token: seat } = await admitted(meeting);
  const guest = await TestClient.connect(url, seat);
  const { resume } = await guest.join();
  clock.advance(2_000);
  await setBy(host, 'sesame');
  const early = await TestClient.connect(url, token);
  await expect(early.join()).rejects.toThrow('passcode-required');
  guest.socket.disconnect();
  const back = await TestClient.connect(url, seat);
  await back.join({ resume });
  clock.advance(2_000);
  const { token: proven } = await admitted(meeting, { passcode: 'sesame' });
  await (await TestClient.connect(url, proven)).join();
});

test('R73 nothing that renews a token from before a passcode was set makes it do without one', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const host = await hostOf(meeting);
  const { token } = await admitted(meeting);
  const guest = await joinMeeting(meeting);
  clock.advance(2_000);
  await setBy(host, 'sesame');
  clock.advance(2_000);
  const early = await TestClient.connect(url, token);
  const { incarnation, hello } = someone();
  expect(await early.request('door:knock', { incarnation, hello })).toEqual(
    refusedAs('passcode-required'),
  );
  const renewed = await guest.request('token:renew', {});
  if (!renewed.ok) throw new Error(renewed.error);
  await guest.request('meeting:leave', {});
  const back = await TestClient.connect(url, renewed.data.token);
  await expect(back.join()).rejects.toThrow('passcode-required');
});

/** What the server says to this token at its join. */
async function triesToSit(url: string, token: string): Promise<string> {
  const client = await TestClient.connect(url, token);
  const reply = await client.request('meeting:join', someone());
  return reply.ok ? 'seated' : reply.error;
}

test.each([-2 * HOUR, 0, 2 * HOUR])(
  'R73 whoever says the passcode gets in, and nobody by a token from before it, though the clock was set by %i ms in between and back',
  async (ms) => {
    const clock = new FakeClock();
    const { url } = await startTestServer({}, { clock });
    const meeting = await makeMeeting(url);
    const host = await hostOf(meeting);
    const early = await admitted(meeting);
    clock.set(ms);
    clock.advance(2_000);
    await setBy(host, 'sesame');
    const between = await admitted(meeting, { passcode: 'sesame' });
    await setBy(host, null);
    await setBy(host, 'open it');
    clock.set(-ms);
    clock.advance(2_000);
    for (const { token } of [early, between])
      expect(await triesToSit(url, token)).toBe('passcode-required');
    const late = await admitted(meeting, { passcode: 'open it' });
    expect(await triesToSit(url, late.token)).toBe('seated');
  },
);

test('R4 each wrong passcode from the fifth on doubles the wait of its network, and of no other', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({ TRUST_PROXY: '127.0.0.1' }, { clock });
  const meeting = await makeMeeting(url);
  await setBy(await hostOf(meeting), 'sesame');
  const from = (address: string, passcode: string) =>
    askAdmission(meeting, { passcode }, { 'x-forwarded-for': address });
  for (let guess = 1; guess <= 5; guess++)
    expect(await from('198.51.100.7', `wrong ${guess}`)).toMatchObject(error('passcode-wrong'));
  for (const wait of [1_000, 2_000, 4_000]) {
    expect(await from('198.51.100.7', 'sesame')).toMatchObject(error('too-many-requests'));
    clock.advance(wait - 100);
    expect(await from('198.51.100.7', 'sesame')).toMatchObject(error('too-many-requests'));
    clock.advance(200);
    expect(await from('198.51.100.7', 'wrong')).toMatchObject(error('passcode-wrong'));
  }
  expect((await from('203.0.113.9', 'sesame')).status).toBe(200);
  clock.advance(8_100);
  expect((await from('198.51.100.7', 'sesame')).status).toBe(200);
  expect(await from('198.51.100.7', 'wrong')).toMatchObject(error('passcode-wrong'));
});

test('R4 nor does it help to guess from one IPv6 network after the other of a line', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({ TRUST_PROXY: '127.0.0.1' }, { clock });
  const meeting = await makeMeeting(url, { passcode: 'sesame' });
  const from = (network: string, passcode: string) =>
    askAdmission(meeting, { passcode }, { 'x-forwarded-for': `${network}::7` });
  for (let guess = 0; guess < 50; guess++)
    expect(await from(`2001:db8:1:${guess >> 2}`, `wrong ${guess}`)).toMatchObject(
      error('passcode-wrong'),
    );
  expect(await from('2001:db8:1:ffff', 'sesame')).toMatchObject(error('too-many-requests'));
  expect((await from('2001:db8:2:ffff', 'sesame')).status).toBe(200);
});

test.each(stores)(
  'R41 R73 a passcode outlives the server, and its text is nowhere: %s',
  async (_name, make) => {
    const store = await make();
    const first = await store.start();
    const meeting = await makeMeeting(first.url);
    const { token: early } = await admitted(meeting);
    await setBy(await hostOf(meeting), 'sesame');
    const { token: proven } = await admitted(meeting, { passcode: 'sesame' });
    await first.close();
    const again = { ...meeting, url: (await store.start()).url };
    expect(await askAdmission(again)).toMatchObject(error('passcode-required'));
    await admitted(again, { passcode: 'sesame' });
    expect(await triesToSit(again.url, early)).toBe('passcode-required');
    expect(await triesToSit(again.url, proven)).toBe('seated');
    expect(first.logged()).not.toContain('sesame');
  },
);

test('R52 R73 a host at another node sets it', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const meeting = await makeMeeting(one.url);
  const { token: early } = await admitted(meeting);
  expect(await setBy(await hostOf(at(two, meeting)), 'sesame')).toEqual(done);
  for (const { url } of [one, two]) {
    const here = at({ url }, meeting);
    expect(await askAdmission(here)).toMatchObject(error('passcode-required'));
    const { token } = await admitted(here, { passcode: 'sesame' });
    expect(await triesToSit(url, early)).toBe('passcode-required');
    expect(await triesToSit(url, token)).toBe('seated');
  }
});
