import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tests/browsers/launch-chromium.ts';
import { Network, type Place } from '../../tests/faults/network.ts';
import { Witness } from '../../tests/faults/witness.ts';
import { deviceFiles } from '../../tests/fixtures/device-files.ts';
import { identities } from '../../tests/fixtures/identity.ts';
import { SignalingServer } from '../../tests/fixtures/signaling-server.ts';
import { until } from '../../tests/fixtures/until.ts';
import { figureOfRounds, type Figure } from '../figures.ts';
import {
  allSeeOneAnother,
  enterLimit,
  enterMeeting,
  makeMeetingInPage,
  openPerson,
  restartLimit,
  type Person,
} from './people.ts';

const INTERVAL_MS = 50;
/** Longer than any step between two frames of a picture that moves. */
const NOTICEABLE_MS = 500;

/**
 * One of two people gets another address: how long pictures stand still, next to a bare pair on the same two computers that is told at
 * that moment.
 */
export async function addressChangeFigure(rounds: number): Promise<Figure[]> {
  const measured: number[] = [];
  const limit: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const { ours, bare } = await inNetwork(changeAddress);
    measured.push(ours);
    limit.push(bare);
    process.stderr.write('.');
  }
  return [
    figureOfRounds(
      {
        name: 'Address changed: pictures stand still',
        unit: 'ms',
        limitIs: 'a bare peer connection that reconnects and restarts ICE at once',
        aim: { ratio: 1.3, better: 'lower' },
      },
      { measured, limit },
    ),
  ];
}

type Apart = { place: Place; browsers: [Browser, Browser]; server: string; limitServer: string };

async function changeAddress({ place, browsers, server, limitServer }: Apart) {
  const witness = new Witness();
  const open = async (browser: Browser, name: string): Promise<Person> => {
    const person = await openPerson(browser, name, { interval: INTERVAL_MS });
    witness.watch(person);
    return person;
  };
  const [stays, moves] = browsers;
  const ours = [await open(stays, 'Ada'), await open(moves, 'Bruno')] as const;
  const bare = [await open(stays, 'bare Ada'), await open(moves, 'bare Bruno')] as const;
  const link = await makeMeetingInPage(ours[0], server);
  await enterMeeting(ours[1], link);
  for (const person of bare) await enterLimit(person, limitServer, 'bare');
  await Promise.all([ours, bare].map((pair) => allSeeOneAnother(pair, witness)));
  const from = Date.now();
  place.changeAddress();
  await restartLimit(bare, bare[1]);
  await until(async () => {
    await witness.gather();
    const still = witness.longestStandstill(ours, { from, to: Date.now() });
    return still > NOTICEABLE_MS ? '' : 'The pictures have not stopped yet';
  });
  await Promise.all([ours, bare].map((pair) => allSeeOneAnother(pair, witness)));
  const span = { from, to: Date.now() };
  return {
    ours: witness.longestStandstill(ours, span),
    bare: witness.longestStandstill(bare, span),
  };
}

async function inNetwork<Result>(act: (apart: Apart) => Promise<Result>): Promise<Result> {
  const network = new Network();
  const at = { command: network.serverCommand, host: network.serverAddress };
  const server = new SignalingServer({}, at);
  const limitServer = startLimitProcess(at);
  const browsers: Browser[] = [];
  try {
    await server.start();
    const origins = [server.url, await limitServer.url];
    const places = [network.addPlace(), network.addPlace()];
    for (const [index, place] of places.entries()) {
      const identity = identities[index];
      if (!identity) throw new Error('There is nobody.');
      browsers.push(await launchChromium(deviceFiles(identity), { place, origin: origins.join() }));
    }
    const [place] = places.slice(1);
    const [stays, moves] = browsers;
    const [confab = '', limit = ''] = origins;
    if (!place || !stays || !moves) throw new Error('Two people were to come.');
    return await act({ place, browsers: [stays, moves], server: confab, limitServer: limit });
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await limitServer.stop();
    await server.remove();
    network.remove();
  }
}

function startLimitProcess({ command, host }: { command: string[]; host: string }) {
  const node = ['node', '--import', 'tsx', 'bench/servers/limit-process.ts'];
  const [program, ...args] = [...command, ...node];
  if (program === undefined) throw new Error('There is nothing to run.');
  const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, HOST: host },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const url = once(createInterface(child.stdout), 'line').then(([line]) => {
    const found = /ready at (\S+)/.exec(String(line))?.[1];
    if (!found) throw new Error(`The limit's server says ${String(line)}`);
    return found;
  });
  return {
    url,
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
