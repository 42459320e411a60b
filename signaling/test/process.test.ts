import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startProcess } from './server-process.ts';
import { joinMeeting } from './test-client.ts';
import { makeMeeting, post } from './test-server.ts';

test('asked a second time, it exits at once', async () => {
  const server = startProcess({});
  // Without anybody to wait for, it would soon end by itself.
  await joinMeeting(await makeMeeting(await server.ready()));
  server.child.kill('SIGINT');
  while (!server.said.out.includes('"stopping"'))
    await Promise.race([once(server.child.stdout, 'data'), server.exit.then(endedTooSoon)]);
  server.child.kill('SIGINT');
  expect(await server.exit).toBe(1);
});

function endedTooSoon(code: number | null): never {
  throw new Error(`The server ended with ${String(code)} instead of stopping in good order.`);
}

test('the address is in the log too, for programs', async () => {
  const server = startProcess({});
  const url = await server.ready();
  // The log is written by another thread, which may be later than the line for people.
  await said(server, '"msg":"ready"}\n');
  const lines = server.said.out.split('\n').filter((line) => line.startsWith('{'));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
    expect.objectContaining({ msg: 'ready', url }),
  );
});

test('a weak secret in production: exit 1, one line, and the secret is not in it', async () => {
  const server = startProcess({
    NODE_ENV: 'production',
    SECRET: 'hunter22',
    PUBLIC_URL: 'https://meet.example.org',
  });
  expect(await server.exit).toBe(1);
  expect(server.said.err).toBe('SECRET: is shorter than 32 bytes.\n');
  expect(server.said.out).toBe('');
});

test('a port in use: exit 1 and one line', async () => {
  const first = startProcess({});
  const { port } = new URL(await first.ready());
  const second = startProcess({ PORT: port });
  expect(await second.exit).toBe(1);
  expect(second.said.err).toBe('PORT: is in use by another program.\n');
});

test('a port for figures in use: the setting that names it is told', async () => {
  const first = startProcess({});
  const { port } = new URL(await first.ready());
  const second = startProcess({ METRICS_PORT: port });
  expect(await second.exit).toBe(1);
  expect(second.said.err).toBe('METRICS_PORT: is in use by another program.\n');
});

test('an address of another machine: exit 1 and one line', async () => {
  const server = startProcess({ HOST: '192.0.2.1' });
  expect(await server.exit).toBe(1);
  expect(server.said).toEqual({ out: '', err: 'HOST: cannot be listened at (EADDRNOTAVAIL).\n' });
});

test('a file where a folder should be: exit 1 and one line', async () => {
  const { dataDir } = startProcess({ LOG_LEVEL: 'nonsense' });
  const file = path.join(dataDir, 'file');
  writeFileSync(file, '');
  const server = startProcess({ DATA_DIR: file });
  expect(await server.exit).toBe(1);
  expect(server.said).toEqual({
    out: '',
    err: 'DATA_DIR: cannot be read and written (EEXIST).\n',
  });
});

test.each([
  ['nothing is left', ''],
  ['zeros are left', '\0'.repeat(64)],
  ['the half is zeros', 'x'.repeat(32) + '\0'.repeat(32)],
])('a kept secret of which %s signs nothing', async (_what, left) => {
  const { dataDir } = startProcess({ LOG_LEVEL: 'nonsense' });
  writeFileSync(path.join(dataDir, 'secret'), left);
  const server = startProcess({ DATA_DIR: dataDir });
  expect(await server.exit).toBe(1);
  expect(server.said).toEqual({
    out: '',
    err: 'DATA_DIR: its file "secret" is damaged; delete it and start again.\n',
  });
});

test('a secret of its own is kept for nobody else to read', async () => {
  const server = startProcess({});
  await server.ready();
  const file = path.join(server.dataDir, 'secret');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8').length).toBeGreaterThanOrEqual(64);
});

test('an unexpected fault ends the process with 1, and the log says where but not what', async () => {
  const { dataDir } = startProcess({ LOG_LEVEL: 'nonsense' });
  const fault = path.join(dataDir, 'fault.mjs');
  writeFileSync(
    fault,
    "process.once('SIGUSR2', () => void Promise.reject(new Error('canary in a message')));",
  );
  const server = startProcess({}, ['--import', fault]);
  await server.ready();
  server.child.kill('SIGUSR2');
  expect(await server.exit).toBe(1);
  expect(server.said.out).toContain('an unexpected fault');
  expect(server.said.out).toContain('fault.mjs');
  expect(server.said.out + server.said.err).not.toContain('canary in a message');
});

test('what people send in the clear by mistake, and what they seal, is not in the memory of an idle server', async () => {
  const { dataDir } = startProcess({ LOG_LEVEL: 'nonsense' });
  const [probe, file] = [
    path.join(dataDir, 'probe.mjs'),
    path.join(dataDir, 'server.heapsnapshot'),
  ];
  writeFileSync(
    probe,
    `import { writeHeapSnapshot } from 'node:v8';
     process.once('SIGUSR2', () => console.log('written', writeHeapSnapshot(${JSON.stringify(file)})));`,
  );
  const server = startProcess({ LOG_LEVEL: 'debug' }, ['--import', probe]);
  const url = await server.ready();
  const meeting = await makeMeeting(url);
  const canary = 'k4n4ryk4n4ryk4n4ry';
  const client = await joinMeeting(meeting);
  const other = await joinMeeting(meeting);
  client.signal(other.participantId, canary);
  await other.until('the signal', () => other.heard['signal:received'].length === 1);
  await client.ask('nothing:known', { name: canary });
  await post(`${url}/api/meetings`, { name: canary }, { 'user-agent': canary });
  await post(`${url}/api/meetings/${meeting.meetingId}/admission?${canary}`, {
    proof: meeting.proof,
    name: canary,
    passcode: canary,
  });
  // Later traffic takes the place of the last buffers, as it does on a server that goes on working.
  for (let later = 0; later < 20; later++) {
    client.signal(other.participantId, 'bGF0ZXI');
    await fetch(`${url}/healthz`);
  }
  await other.until('later signals', () => other.heard['signal:received'].length === 21);
  server.child.kill('SIGUSR2');
  await said(server, 'written');
  const snapshot = readFileSync(file, 'utf8');
  expect(snapshot).toContain(meeting.meetingId);
  expect(snapshot).not.toContain(canary);
  expect(snapshot).not.toContain(client.resume);
  expect(server.said.out).not.toContain(canary);
  expect(await (await fetch(`${url}/metrics`)).text()).not.toContain(canary);
});

/** Waits until the process has written this to its standard output. */
async function said(server: ReturnType<typeof startProcess>, words: string): Promise<void> {
  while (!server.said.out.includes(words))
    await Promise.race([
      once(server.child.stdout, 'data'),
      server.exit.then(() => Promise.reject(new Error(`Ended without saying ${words}`))),
    ]);
}
