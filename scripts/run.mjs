// Runs the project's other programs: installs dependencies when they are missing, and runs a step with its output on the terminal.
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const bin = path.join(root, 'node_modules', '.bin');

const holding = new AsyncLocalStorage();

/** Has everything that `act` runs write into what is printed in one piece when it has ended, so that it can run beside other things. */
export async function heldBack(act) {
  const held = [];
  try {
    return await holding.run(held, act);
  } finally {
    for (const piece of held) process.stdout.write(piece);
  }
}

/**
 * Runs `command` in the project's root; resolves with its exit code. Programs of installed packages are found by name. `heard` is told
 * what it writes, which still goes to the terminal.
 */
export function run(command, args = [], { env = {}, cwd = root, heard } = {}) {
  const PATH = `${bin}${path.delimiter}${process.env.PATH}`;
  const held = holding.getStore();
  const child = spawn(command, args, {
    cwd,
    stdio: ['inherit', heard || held ? 'pipe' : 'inherit', held ? 'pipe' : 'inherit'],
    env: { ...process.env, PATH, ...env },
    shell: process.platform === 'win32',
  });
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    if (held) held.push(text);
    else process.stdout.write(text);
    heard?.(text);
  });
  child.stderr?.on('data', (piece) => held.push(piece));
  // Whoever stops this command means the program it runs: a server must not outlive its `npm start`.
  const stop = (signal) => {
    clearInterval(abandoned);
    // A terminal tells both of its Ctrl-C; a second one would cut the stop short.
    if (signal !== 'SIGINT') child.kill(signal);
  };
  for (const signal of STOPS) process.on(signal, stop);
  const abandoned = whenAbandoned(() => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    // Not at its exit, when what it wrote last may still be on its way.
    child.on('close', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  }).finally(() => {
    for (const signal of STOPS) process.off(signal, stop);
    clearInterval(abandoned);
  });
}

const STOPS = ['SIGTERM', 'SIGINT', 'SIGHUP'];
const startedBy = process.ppid;

/** A signal that is sent to npm ends npm and its shell, which passes none on: that they are gone is all that can be seen of it here. */
function whenAbandoned(stop) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const looking = setInterval(() => {
    if (process.ppid === startedBy) return;
    clearInterval(looking);
    stop();
  }, 500);
  return looking;
}

/** Takes the settings in `.env`, where there is one; what the environment says already goes first. */
export function readDotEnv() {
  const file = path.join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** Installs what package-lock.json names, unless that was done since the lockfile last changed. */
export async function installDependencies() {
  const done = path.join(root, 'node_modules', '.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  if (existsSync(done) && statSync(done).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing dependencies …');
  const code = await run('npm', [
    'ci',
    // The build needs them in production too, which npm would leave out.
    '--include=dev',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
  ]);
  if (code !== 0) {
    console.error('Installing the dependencies failed; what npm printed above says why.');
    process.exit(code);
  }
}

/** Ends the process with one line where this Node is none that package.json's `engines` names. */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  if (isWithin(engines.node, process.versions.node)) return;
  const wanted = engines.node.replaceAll('||', 'or').replaceAll(/[\^]|>=/g, '');
  console.error(`Confab needs Node ${wanted} or later; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Whether `version` is one of `ranges`: those that package.json may have here are `^20.19 || >=22.12`, nothing more of semver. */
export function isWithin(ranges, version) {
  const [major, minor] = version.split('.').map(Number);
  return ranges.split('||').some((range) => {
    const [wantedMajor, wantedMinor] = range.match(/\d+/g).map(Number);
    if (major === wantedMajor) return minor >= wantedMinor;
    return range.includes('>=') && major > wantedMajor;
  });
}
