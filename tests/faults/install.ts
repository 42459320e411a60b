// Installs what the tests about networks need besides a browser, where it is missing: as root on Debian. Elsewhere those tests are left out.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isRelayInstalled } from './apart.ts';
import { canMakeNetworks } from './network.ts';

const release = '/etc/os-release';
const isDebian = existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'));

if (canMakeNetworks() && isDebian && !isRelayInstalled()) {
  console.log('Installing coturn and nftables …');
  apt('update', '-q');
  apt('install', '-y', '-q', '--no-install-recommends', 'coturn', 'nftables');
  if (!isRelayInstalled()) {
    console.error('They could not be installed; what was printed above says why.');
    process.exitCode = 1;
  }
}

function apt(...order: string[]): void {
  spawnSync('apt-get', order, {
    stdio: 'inherit',
    // Nobody asked for a relay that runs by itself: in single-user mode packages start nothing.
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  });
}
