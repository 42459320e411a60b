import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isWithin } from '../run.mjs';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url)));

test.each([
  ['18.20.4', false],
  ['20.18.9', false],
  ['20.19.0', true],
  ['20.20.1', true],
  ['21.7.3', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['23.0.0', true],
  ['24.1.0', true],
])('Node %s: %s, as package.json says', (version, isTaken) => {
  expect(isWithin(engines.node, version)).toBe(isTaken);
});

/** Like a server: says its process's id and that it was asked to stop, and takes a while for it after Ctrl-C. */
const SERVER = `
  process.on('SIGTERM', () => process.stdout.write('stopped', () => process.exit()));
  process.on('SIGINT', () => setTimeout(() => process.stdout.write('moved', () => process.exit()), 2000));
  setInterval(() => {}, 1000);
  console.log('server', process.pid);`;

test('who stops npm alone stops what it runs', async () => {
  const { npm, said } = await npmStart();
  npm.kill('SIGTERM');
  await vi.waitFor(() => expect(said()).toContain('stopped'));
});

test('what Ctrl-C has asked to stop is not asked again when npm is gone before it', async () => {
  const { npm, said, command, server } = await npmStart();
  for (const pid of [command, server]) process.kill(pid, 'SIGINT');
  npm.kill('SIGTERM');
  await vi.waitFor(() => expect(said()).toMatch(/stopped|moved/));
  expect(said()).not.toContain('stopped');
});

/** `npm start` of a project that runs {@link SERVER} as this one runs its own. */
async function npmStart() {
  const folder = mkdtempSync(path.join(tmpdir(), 'confab-run-'));
  const start = `import { run } from '${new URL('../run.mjs', import.meta.url)}';
    console.log('command', process.pid);
    await run('node', ['-e', ${JSON.stringify(SERVER)}]);`;
  writeFileSync(path.join(folder, 'start.mjs'), start);
  writeFileSync(path.join(folder, 'package.json'), '{"scripts":{"start":"node start.mjs"}}');
  const npm = spawn('npm', ['start', '--silent'], { cwd: folder, stdio: 'pipe' });
  let said = '';
  npm.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  const pidOf = (name) =>
    vi.waitUntil(() => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(said)?.[1] ?? 0));
  const [command, server] = [await pidOf('command'), await pidOf('server')];
  onTestFinished(() => {
    if (isAlive(server)) process.kill(server, 'SIGKILL');
    rmSync(folder, { recursive: true });
  });
  return { npm, said: () => said, command, server };
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
