import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { expect, test } from 'vitest';
import { startProcess } from './server-process.ts';
import { joinMeeting, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, post } from './test-server.ts';

/** A folder in which a server has kept a meeting with somebody in it. */
async function usedDataDir() {
  const server = startProcess({});
  const meeting = await makeMeeting(await server.ready());
  await joinMeeting(meeting);
  server.child.kill('SIGKILL');
  await server.exit;
  return { dataDir: server.dataDir, store: path.join(server.dataDir, 'store'), meeting };
}

async function write(store: string, key: string, value: string): Promise<void> {
  const level = new ClassicLevel(store);
  await level.put(key, value);
  await level.close();
}

async function expectRefusal(dataDir: string, line: RegExp): Promise<void> {
  const server = startProcess({ DATA_DIR: dataDir });
  expect(await server.exit).toBe(1);
  expect(server.said.out).toBe('');
  expect(server.said.err).toMatch(/^DATA_DIR: [^\n]+\.\n$/);
  expect(server.said.err).toMatch(line);
}

test('a second server on the same folder says so in one line, and the first is not disturbed', async () => {
  const server = startProcess({});
  const meeting = await makeMeeting(await server.ready());
  await expectRefusal(server.dataDir, /is in use by another Confab server/);
  await joinMeeting(meeting);
});

test.each([
  ['another program’s', 'settings', '"on"', 'unknown'],
  ['of an unknown kind', 'poll/AAAAAAAAAAAAAAAAAAAAAA', '{"v":1}', 'unknown'],
  ['of another version', 'ended/AAAAAAAAAAAAAAAAAAAAAA', '{"v":2}', 'ended'],
  ['no JSON', 'meeting/AAAAAAAAAAAAAAAAAAAAAA', '{"v":1', 'no JSON'],
  ['without its meeting', 'seat/AAAAAAAAAAAAAAAAAAAAAA/0000000001', '', 'seat without its meeting'],
])(
  'a record that is %s keeps the server from starting, and nothing is lost',
  async (_what, key, text, kind) => {
    const { dataDir, store, meeting } = await usedDataDir();
    const level = new ClassicLevel(store);
    const seat = await level.iterator({ gte: 'seat/', limit: 1 }).all();
    await level.close();
    await write(store, key, text || (seat[0]?.[1] ?? ''));
    await expectRefusal(dataDir, new RegExp(`cannot read \\(${kind}\\)`));

    const repaired = new ClassicLevel(store);
    await repaired.del(key);
    await repaired.close();
    const url = await startProcess({ DATA_DIR: dataDir }).ready();
    const { snapshot } = await (await joinMeeting({ ...meeting, url })).join();
    expect(snapshot.participants.map(({ arrival }) => arrival)).toEqual([1, 2]);
  },
);

test('files that are damaged keep the server from starting', async () => {
  const { dataDir, store } = await usedDataDir();
  const manifest = path.join(store, readFileSync(path.join(store, 'CURRENT'), 'utf8').trim());
  const bytes = readFileSync(manifest);
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  writeFileSync(manifest, bytes);
  await expectRefusal(dataDir, /is damaged/);
});

test('a damaged log keeps the server from starting however often it is tried, and nothing of it is thrown away', async () => {
  const { dataDir, store, meeting } = await usedDataDir();
  const name = readdirSync(store).find((file) => file.endsWith('.log')) ?? '';
  const log = path.join(store, name);
  const whole = readFileSync(log);
  const bytes = Buffer.from(whole);
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  writeFileSync(log, bytes);
  for (const _try of [1, 2]) await expectRefusal(dataDir, new RegExp(`${name}\\) is damaged`));
  writeFileSync(log, whole);
  const url = await startProcess({ DATA_DIR: dataDir }).ready();
  const { snapshot } = await (await joinMeeting({ ...meeting, url })).join();
  expect(snapshot.participants.map(({ arrival }) => arrival)).toEqual([1, 2]);
});

test('a file in the place of the folder keeps the server from starting', async () => {
  const { dataDir, store } = await usedDataDir();
  rmSync(store, { recursive: true });
  writeFileSync(store, '');
  await expectRefusal(dataDir, /cannot be read and written \(EEXIST\)/);
});

test('what is kept is for nobody else to read', async () => {
  const { store } = await usedDataDir();
  expect(statSync(store).mode & 0o777).toBe(0o700);
});

test('no secret and nothing that was sent in the clear by mistake is in the files', async () => {
  const server = startProcess({});
  const url = await server.ready();
  const meeting = await makeMeeting(url, { passcode: 'p4ssc0de-p4ssc0de' });
  const canary = 'k4n4ryk4n4ryk4n4ry';
  await post(`${url}/api/meetings`, { name: canary }, { 'user-agent': canary });
  await askAdmission(meeting, { passcode: canary, name: canary });
  const { token } = await admitted(meeting, { passcode: 'p4ssc0de-p4ssc0de', name: canary });
  const client = await TestClient.connect(url, token);
  const { resume } = await client.join({ hello: 'c2VhbGVkaGVsbG8' });
  await client.ask('presence:update', { name: canary });
  client.signal(client.participantId, canary);
  await client.until('a refusal', () => client.heard['signal:refused'].length === 1);

  const store = path.join(server.dataDir, 'store');
  const files = readdirSync(store).map((name) => readFileSync(path.join(store, name), 'latin1'));
  const all = files.join('\n');
  expect(all).toContain(meeting.meetingId);
  expect(all).toContain('c2VhbGVkaGVsbG8');
  for (const secret of [
    canary,
    meeting.proof,
    meeting.hostToken,
    token,
    resume,
    'p4ssc0de',
    '127.0.0.1',
  ])
    expect(all).not.toContain(secret);
});

/** Lets the process write files of 64 KiB at most (POSIX counts in blocks of 512 bytes); beyond, writing fails as on a full disk. */
const SMALL_FILES = ['sh', '-c', 'ulimit -f 128; exec "$@"', 'sh'];

test('R41 on a disk that takes no more, joins are refused and the rest goes on; what was acknowledged is there afterwards', async () => {
  const server = startProcess({ MAX_PARTICIPANTS: '64' }, [], SMALL_FILES);
  const url = await server.ready();
  const meeting = await makeMeeting(url);
  const people: { client: TestClient; token: string; resume: string }[] = [];
  const hello = 'A'.repeat(2_048);
  let refusal = '';
  while (people.length < 60 && refusal === '') {
    const { token } = await admitted(meeting);
    const client = await TestClient.connect(url, token);
    const reply = await client.join({ hello }).catch((error: unknown) => (error as Error).message);
    if (typeof reply === 'string') refusal = reply;
    else people.push({ client, token, resume: reply.resume });
  }
  expect(refusal).toBe('internal');
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await askAdmission(meeting)).answer.error).toBe('internal');
  const [one, other] = people as [(typeof people)[number], (typeof people)[number]];
  one.client.signal(other.client.participantId);
  await other.client.until('a signal', () => other.client.heard['signal:received'].length === 1);

  await expect
    .poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000 })
    .toBe(200);
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('confab_store_faults_total 1\n');
  const late = await joinMeeting(meeting);
  server.child.kill('SIGKILL');
  await server.exit;
  const after = await startProcess({ DATA_DIR: server.dataDir, MAX_PARTICIPANTS: '64' }).ready();
  const metrics = await (await fetch(`${after}/metrics`)).text();
  expect(metrics).toContain(`confab_seats_restored ${people.length + 1}\n`);
  for (const { token, resume } of people)
    await (await TestClient.connect(after, token)).join({ resume });
  const { snapshot } = await (await joinMeeting({ ...meeting, url: after })).join();
  const ids = new Set(snapshot.participants.map(({ id }) => id));
  for (const { client } of people) expect(ids).toContain(client.participantId);
  expect(ids).toContain(late.participantId);
  expect(ids.size).toBe(snapshot.participants.length);
});
