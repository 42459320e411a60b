import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Questions } from '../ask.ts';
import { pinned } from '../cores.ts';
import type { ProbeAnswer, ProbeQuestion } from './probe-messages.ts';

export type MeasuredServer = {
  url: string;
  pid: number;
  /** What the process has used so far; see {@link ProbeAnswer}. */
  probe(ask: ProbeQuestion['ask']): Promise<ProbeAnswer>;
  stop(): Promise<void>;
};

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const probe = new URL('./probe.ts', import.meta.url).href;

/** Confab as `npm start` runs it, with settings of its own and a data folder that goes away with it. */
export async function startConfab(settings: Record<string, string> = {}): Promise<MeasuredServer> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'confab-bench-'));
  const server = await start('signaling/dist/main.js', { DATA_DIR: dataDir, ...settings });
  return {
    ...server,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The limit of the relay: Socket.IO and nothing else. */
export function startBareRelay(): Promise<MeasuredServer> {
  return start('bench/servers/bare-relay.ts', {});
}

/** Profiling and other options for the measured Node processes come in through `BENCH_NODE_OPTIONS`. */
const nodeOptions = (process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter(Boolean);

async function start(script: string, settings: Record<string, string>): Promise<MeasuredServer> {
  const node = [process.execPath, '--expose-gc', ...nodeOptions];
  const [command = '', ...args] = pinned('server', [
    ...node,
    ...['--import', 'tsx', '--import', probe, script],
  ]);
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000);
      const ready = /ready at (http:\/\/\S+)/.exec(said)?.[1];
      if (ready) resolve(ready);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`${script} ended with code ${String(code)} before it was ready:\n${said}`));
    });
  });
  const questions = new Questions<ProbeQuestion, ProbeAnswer>(child);
  return {
    url,
    pid: child.pid ?? 0,
    probe: (ask) => questions.ask({ ask }),
    async stop() {
      child.kill('SIGTERM');
      const forced = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await exited;
      clearTimeout(forced);
    },
  };
}
