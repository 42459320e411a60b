import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A real Redis on a free port of loopback, gone when the test is. */
export class RedisServer {
  readonly url: string;
  private readonly port: number;
  private readonly folder: string;
  private readonly password: string;
  private child: ChildProcess | null = null;

  private constructor(port: number, folder: string, password: string) {
    this.port = port;
    this.folder = folder;
    this.password = password;
    this.url = `redis://${password === '' ? '' : `:${password}@`}127.0.0.1:${port}`;
  }

  static async start({ password = '', keeps = false } = {}): Promise<RedisServer> {
    const folder = mkdtempSync(path.join(tmpdir(), 'confab-redis-'));
    const redis = new RedisServer(await freePort(), folder, password);
    onTestFinished(async () => {
      await redis.kill();
      rmSync(folder, { recursive: true, force: true });
    });
    await redis.run(keeps);
    return redis;
  }

  /** Starts it again on the same port; with what it had only if it `keeps` it. */
  async run(keeps = false): Promise<void> {
    const args = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--dir', this.folder];
    args.push('--save', '', '--appendonly', keeps ? 'yes' : 'no', '--appendfsync', 'always');
    if (this.password !== '') args.push('--requirepass', this.password);
    const program = process.env.REDIS_SERVER ?? 'redis-server';
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.child = child;
    let said = '';
    for await (const data of child.stdout) {
      said += String(data);
      if (said.includes('Ready to accept connections')) break;
    }
    if (!said.includes('Ready to accept')) throw new Error(`redis-server did not start: ${said}`);
  }

  /** As from a crash. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** From now on it stands still, with all connections open, until it is resumed. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }
}

/** One that is not given to outgoing connections, which would be in the way of a Redis that comes back to it. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
