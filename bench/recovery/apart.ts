import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tests/browsers/launch-chromium.ts';
import { Network, type Place } from '../../tests/faults/network.ts';
import { deviceFiles } from '../../tests/fixtures/device-files.ts';
import { identities } from '../../tests/fixtures/identity.ts';
import { SignalingServer } from '../../tests/fixtures/signaling-server.ts';

/** Two browsers at two places of one network, and the servers that both reach; the second place is there to be disturbed. */
export type Apart = {
  place: Place;
  browsers: [Browser, Browser];
  server: string;
  limitServer: string;
};

/** Needs root and Linux; everything is gone afterwards. */
export async function inNetwork<Result>(act: (apart: Apart) => Promise<Result>): Promise<Result> {
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
