// Installs the browsers the tests drive, and ffmpeg, which opens what they record, where they are missing: Debian's own as root on Debian, Playwright's
// browsers elsewhere.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { findChromium, findFirefox, findLeanChromium, isFfmpegInstalled } from './installed.ts';

const missing = [...(findChromium() ? [] : ['chromium']), ...(findFirefox() ? [] : ['firefox'])];

if (missing.length > 0) {
  if (isRoot() && isDebian()) installFromDebian();
  else installFromPlaywright();
}
// By itself, since apt installs nothing where it does not know one of several; without it the tests only take longer.
if (isRoot() && isDebian() && findLeanChromium() === '/usr/bin/chromium')
  installPackages('chromium-headless-shell');
if (!isFfmpegInstalled() && isRoot() && isDebian()) installPackages('ffmpeg');
if (!isFfmpegInstalled())
  console.log('Without ffmpeg and ffprobe, the test of recordings is left out.');
const stillMissing = [!findChromium() && 'Chromium', !findFirefox() && 'Firefox'].filter(Boolean);
if (stillMissing.length > 0) {
  console.error(
    `${stillMissing.join(' and ')} could not be installed; what was printed above says why. ` +
      'Install them by hand, or name their programs in the variables CHROMIUM and FIREFOX.',
  );
  process.exit(1);
}

function installFromDebian() {
  const packages = missing.map((engine) => (engine === 'firefox' ? 'firefox-esr' : engine));
  installPackages(...packages, 'fonts-dejavu-core');
}

function installPackages(...packages: string[]) {
  console.log(`Installing ${packages.join(' and ')} …`);
  runProgram('apt-get', ['update', '-q']);
  runProgram('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);
}

function installFromPlaywright() {
  console.log(`Installing ${missing.join(' and ')} …`);
  const withLibraries = isRoot() ? ['--with-deps'] : [];
  runProgram('playwright', ['install', ...withLibraries, ...missing]);
}

function runProgram(command: string, args: string[]) {
  spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function isDebian(): boolean {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'));
}
