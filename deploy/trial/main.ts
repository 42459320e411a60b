// `npm run deploy:test`: brings docker-compose.yml up with whatever engine answers, meets in it, looks at it from outside, and takes it down again.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lookAtAll } from '../src/check/outcome.ts';
import type { Check } from '../src/check/outcome.ts';
import { Composition, docker, engineAnswers } from './docker.ts';
import { accountsIn, lacksGuards } from './guards.ts';
import { openPorts } from './open-ports.ts';
import { refusals } from './refusals.ts';

if (!(await engineAnswers())) {
  console.log('Skipped: no Docker engine answers here (`docker info`).');
  process.exit(0);
}

const RELAY_IMAGE = 'coturn/coturn:4.17';
const NODES = ['signaling-1', 'signaling-2'];

const settings = {
  DOMAIN: 'localhost',
  HTTP_PORT: String(await freePort()),
  HTTPS_PORT: String(await freePort()),
  TURN_PORT: String(await freePort()),
  TURN_TLS_PORT: String(await freePort()),
  TURN_VERSION: await relayVersion(),
};
const url = `https://localhost:${settings.HTTPS_PORT}`;
const composition = new Composition(`confab-trial-${process.pid}`, settings);
const folder = mkdtempSync(path.join(tmpdir(), 'confab-trial-'));
const authority = path.join(folder, 'authority.crt');

const checks: Check[] = [
  { name: 'comes up', look: comesUp },
  { name: 'guards', look: isGuarded },
  { name: 'open ports', look: opensOnlyDocumented },
  {
    name: 'from outside',
    look: () => passes('node', '--import', 'tsx', 'deploy/src/check.ts', url),
  },
  { name: 'misconfigurations', look: refusals },
  { name: 'a meeting', look: meets },
  { name: 'leaves nothing', look: leavesNothing },
];

const wrong = await lookAtAll(checks).finally(tidy);
console.log(`${checks.length - wrong} passed, ${wrong} failed`);
process.exit(wrong === 0 ? 0 : 1);

async function tidy(): Promise<void> {
  await composition.ask('down', '-v', '--remove-orphans');
  rmSync(folder, { recursive: true });
}

async function comesUp(): Promise<string> {
  const started = performance.now();
  const code = await composition.show('up', '-d', '--build', '--wait');
  if (code !== 0) throw new Error((await composition.ask('logs', '--tail', '40')).slice(-4_000));
  const seconds = Math.round((performance.now() - started) / 1_000);
  await composition.ask('cp', 'caddy:/data/caddy/pki/authorities/local/root.crt', authority);
  return `all healthy after ${seconds} s, the build among them`;
}

async function isGuarded(): Promise<string> {
  const containers = [...(await composition.containers()).values()];
  const lacking = (await Promise.all(containers.map(lacksGuards))).flat();
  if (lacking.length > 0) throw new Error(lacking.join('; '));
  const accounts = (await Promise.all(containers.map(accountsIn))).flat();
  if (accounts.includes('0')) throw new Error('something runs as root');
  return `${containers.length} containers, none as root`;
}

async function opensOnlyDocumented(): Promise<string> {
  const { HTTP_PORT, HTTPS_PORT, TURN_PORT } = settings;
  const documented = [
    `${HTTP_PORT}/tcp`,
    `${HTTPS_PORT}/tcp`,
    `${TURN_PORT}/tcp`,
    `${TURN_PORT}/udp`,
    `${settings.TURN_TLS_PORT}/tcp`,
  ].sort((one, other) => parseInt(one) - parseInt(other));
  // The relay's certificate is there a moment after Caddy has it.
  const open = await eventually(
    async () => openPorts((await composition.containers()).values()),
    (ports) => ports.length >= documented.length,
  );
  if (open.join() !== documented.join())
    throw new Error(`open are ${open.join(', ')} instead of ${documented.join(', ')}`);
  return open.join(', ');
}

async function meets(): Promise<string> {
  await passes(...['playwright', 'test', '--config', 'tests/composed/playwright.config.ts']);
  return `three browsers through TLS, one by the relay alone, over ${NODES.join(' and ')}`;
}

async function leavesNothing(): Promise<string> {
  await composition.ask('down', '-v');
  const remains = await composition.remains();
  if (remains.length > 0) throw new Error(`still there: ${remains.join(', ')}`);
  return 'no container, volume or network';
}

/** Runs a program of this project against the deployment, its output on the terminal. */
async function passes(program: string, ...args: string[]): Promise<string> {
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...settings,
      COMPOSE_PROJECT_NAME: composition.project,
      NODE_EXTRA_CA_CERTS: authority,
      CONFAB_URL: url,
      CONFAB_NODES: NODES.join(','),
    },
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}`);
  return url;
}

async function eventually<Value>(
  look: () => Promise<Value>,
  fits: (value: Value) => boolean,
): Promise<Value> {
  const end = Date.now() + 30_000;
  for (;;) {
    const value = await look();
    if (fits(value) || Date.now() > end) return value;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Of the program in the image: options are written for one version. */
async function relayVersion(): Promise<string> {
  const told = await docker('run', '--rm', '--entrypoint', 'turnserver', RELAY_IMAGE, '--version');
  return /\d+\.\d+/.exec(told)?.[0] ?? '4.17';
}
