import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

export type ServerProcess = ReturnType<typeof startProcess>;

/**
 * The server as a process of its own, started as `npm start` starts it; through the program `by`, if given. `ready` rejects
 * when it ends before.
 */
export function startProcess(
  env: Record<string, string>,
  nodeOptions: string[] = [],
  by: string[] = [],
) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'confab-test-'));
  const node = [process.execPath, ...nodeOptions, main];
  const [command = '', ...args] = [...by, ...node];
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (data: Buffer) => (said.out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said.err += data.toString()));
  // Not at its exit, when what it wrote last may still be on its way.
  const exit = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function ready(): Promise<string> {
    for (;;) {
      const url = /Confab is ready at (http\S+)\n/.exec(said.out)?.[1];
      if (url !== undefined) return url;
      const more = await Promise.race([once(child.stdout, 'data'), exit.then(() => null)]);
      if (more === null) throw new Error(`The server ended before it was ready: ${said.err}`);
    }
  }
  return { child, said, exit, ready, dataDir };
}
