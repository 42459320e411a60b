// Installs the Redis that tests run, where it is missing: Debian's own as root on Debian, by hand elsewhere.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { run } from './run.mjs';

/** Resolves when there is one; ends the process with a line that says what to do where none could be had. */
export async function installRedis() {
  if (isThere()) return;
  if (process.getuid?.() === 0 && isDebian()) {
    console.log('Installing redis-server …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env });
    const install = ['install', '-y', '-q', '--no-install-recommends', 'redis-server'];
    await run('apt-get', install, { env });
  }
  if (isThere()) return;
  console.error(
    'The tests need redis-server (6 or later). Install it, or name its program in the variable REDIS_SERVER.',
  );
  process.exit(1);
}

function isThere() {
  const program = process.env.REDIS_SERVER ?? 'redis-server';
  return spawnSync(program, ['--version']).status === 0;
}

function isDebian() {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'));
}
