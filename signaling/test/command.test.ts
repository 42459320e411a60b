import { execFile, spawn } from 'node:child_process';
import { hkdfSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import vectors from '@confab/protocol/vectors.json' with { type: 'json' };
import { expect, onTestFinished, test, vi } from 'vitest';
import { joinMeeting } from './test-client.ts';
import { admitted, askAdmission, startTestServer } from './test-server.ts';

const program = fileURLToPath(new URL('../../command/confab.mjs', import.meta.url));
const linkModule = new URL('../../command/link.mjs', import.meta.url).href;
type Derivations = Record<'proofOf' | 'verifierOf', (text: string) => string>;
const ADMIN_TOKEN = 'who-runs-this-server-may-look';
const API_KEY = 'kq83hd92msla01xp';

/** Runs `confab` as a shell would, with nothing in its environment but `env`. */
function confab(env: Record<string, string>, ...args: string[]) {
  return new Promise<{ code: unknown; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (fault, out, err) => {
      resolve({ code: fault?.code ?? 0, out, err });
    });
  });
}

/** The answer as JSON; fails where there is none. */
async function asked(env: Record<string, string>, ...args: string[]) {
  const { code, out, err } = await confab(env, ...args, '--json');
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Record<string, string>;
}

/** What a link says to whoever opens it: by the rules, not by the program. */
function opened(url: string, link = '') {
  const [, meetingId = '', secret = '', invitation = ''] =
    /\/m\/(.+)#([^.]+)\.?(.*)$/.exec(link) ?? [];
  const key = Buffer.from(secret, 'base64url');
  const proof = Buffer.from(hkdfSync('sha256', key, '', 'confab/1/proof', 32)).toString(
    'base64url',
  );
  return { url, meetingId, proof, hostToken: invitation };
}

test('R2 R12 a meeting that the command makes opens to its link, and to a host by the host link', async () => {
  const { url } = await startTestServer();
  const env = { CONFAB_URL: url };
  const made = await asked(env, 'meeting', 'create', '--waiting-room', '--passcode', 'open sesame');
  expect(made.link?.startsWith(`${url}/m/${made.meetingId ?? ''}#`)).toBe(true);
  const host = opened(url, made.hostLink);
  expect((await admitted(host, { invitation: host.hostToken })).role).toBe('host');
  const guest = opened(url, made.link);
  expect(await askAdmission(guest)).toMatchObject({ answer: { error: 'passcode-required' } });
  expect(await admitted(guest, { passcode: 'open sesame' })).toMatchObject({
    role: 'participant',
    waits: true,
  });
  expect(await asked(env, 'meeting', 'show', made.link ?? '')).toMatchObject({
    passcode: true,
    waitingRoom: true,
  });
});

test('R12 the command derives what the vectors say', async () => {
  const { proofOf, verifierOf } = (await import(linkModule)) as Derivations;
  const { proof, verifier } = vectors.keys;
  expect(proofOf(vectors.inputs.secret)).toBe(proof);
  expect(verifierOf(proof)).toBe(verifier);
});

test('R105 R106 invitations are made, listed and revoked by the host link alone', async () => {
  const { url } = await startTestServer();
  const { link = '', hostLink = '' } = await asked({ CONFAB_URL: url }, 'meeting', 'create');
  const made = await asked({}, 'invitation', 'create', hostLink, '--role', 'host', '--until', '2h');
  const invited = opened(url, made.link);
  expect((await admitted(invited, { invitation: invited.hostToken })).role).toBe('host');
  const list = await confab({}, 'invitation', 'list', hostLink);
  expect(list.out).toContain(made.id);
  await asked({}, 'invitation', 'revoke', hostLink, made.id ?? '');
  expect(await askAdmission(invited, { invitation: invited.hostToken })).toMatchObject({
    status: 403,
    answer: { error: 'invitation-revoked' },
  });
  const { code, err } = await confab({}, 'invitation', 'list', link);
  expect([code, err]).toEqual([2, expect.stringContaining('CONFAB_API_KEY')]);
});

test('API_KEYS: the command makes a meeting with a key, and says why where it has none', async () => {
  const { url } = await startTestServer({ API_KEYS: API_KEY });
  const refused = await confab({ CONFAB_URL: url }, 'meeting', 'create');
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('token-invalid')]);
  const env = { CONFAB_URL: url, CONFAB_API_KEY: API_KEY };
  const { meetingId = '' } = await asked(env, 'meeting', 'create');
  expect(await asked(env, 'invitation', 'create', meetingId)).toMatchObject({
    role: 'participant',
  });
});

test('R110 the status shows every meeting that goes on, and how many are in it', async () => {
  const { url } = await startTestServer({ ADMIN_TOKEN });
  const env = { CONFAB_URL: url, CONFAB_ADMIN_TOKEN: ADMIN_TOKEN };
  const ids = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { link } = await asked(env, 'meeting', 'create');
      const meeting = opened(url, link);
      await joinMeeting(meeting);
      await joinMeeting(meeting);
      return meeting.meetingId;
    }),
  );
  const { out } = await confab(env, 'status');
  expect(out).toContain('20 people in 10 meetings');
  for (const id of ids) expect(out).toMatch(new RegExp(`^${id} +2 `, 'm'));
  expect((await confab({ ...env, CONFAB_ADMIN_TOKEN: 'another' }, 'status')).code).toBe(1);
});

test('the status is watched over a moment without the server, and no longer than somebody reads it', async () => {
  let asked = 0;
  const server = createServer((request, response) => {
    if (++asked === 2) request.socket.destroy();
    else response.end(JSON.stringify({ nodes: [] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const args = ['watch', '--json', '--url', `http://127.0.0.1:${port}`, '--admin-token', 'it'];
  const child = spawn(process.execPath, [program, ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
    server.close();
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()));
  const ended = once(child, 'exit');
  const reports = () => expect(said.out).toMatch(/^(\{"nodes":\[\]\}\n){2,}$/);
  await vi.waitFor(reports, { timeout: 60_000 });
  expect(said.err).toContain('does not answer');
  child.stdout.destroy();
  expect(await ended).toEqual([0, null]);
});

test.each([
  ['no command', ['meeting', 'destroy'], 2, 'There is no command'],
  ['no option', ['meeting', 'create', '--colour', 'red'], 2, 'colour'],
  ['a number that is none', ['meeting', 'create', '--capacity', 'many'], 2, '--capacity'],
  ['no link', ['meeting', 'show', 'https://example.org'], 2, 'neither a link'],
  ['no time', ['meeting', 'create', '--start', '2h'], 2, '2026-12-01T09:00'],
  [
    'no zone',
    ['meeting', 'create', '--start', '2027-01-04T09:00', '--time-zone', 'Mars'],
    2,
    'Mars',
  ],
  ['no beginning', ['meeting', 'create', '--duration', '30'], 2, '--start'],
  ['too little', ['invitation', 'revoke'], 2, '<invitation>'],
  ['nobody there', ['meeting', 'create', '--url', 'http://127.0.0.1:9'], 1, 'does not answer'],
])('%s is said in a sentence, with a code of its own', async (_name, args, code, words) => {
  const said = await confab({}, ...args);
  expect(said.code).toBe(code);
  expect(said.err).toContain(words);
  expect(said.err).not.toMatch(/^ {4}at /m);
});

test('every command says what it takes', async () => {
  const { out } = await confab({}, '--help');
  const names = [...out.matchAll(/^ {2}((?:[a-z]+ )?[a-z]+) {2}/gm)].map(([, name = '']) => name);
  expect(names.length).toBe(7);
  for (const name of names)
    expect((await confab({}, ...name.split(' '), '--help')).out).toMatch(`confab ${name}`);
});
