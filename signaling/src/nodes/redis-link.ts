import { Redis } from 'ioredis';
import { codeOf, SettingsError } from '../settings-error.ts';
import { bounded } from './bounded.ts';
import { scripts } from './scripts.ts';
import type { ScriptName } from './scripts.ts';

/** Milliseconds between two tries to connect, and the longest wait for the first connection. */
const RETRY = 250;
const FIRST = 2_000;

/** Redis does not answer, or not in time; or there is no connection to it. */
export class LinkFault extends Error {
  constructor(cause: unknown) {
    super('Redis cannot be used now', { cause });
    this.name = 'LinkFault';
  }
}

const UNKNOWN = new Error('no such script');

type Script = (numberOfKeys: number, ...args: (string | number)[]) => Promise<unknown>;

/**
 * The one connection to Redis, for commands and for what is published to this node alike (RESP3): there is no half of it that may be lost. No command
 * waits for longer than 500 ms, none waits for a connection, and none is sent twice.
 */
export class RedisLink {
  /** Called with each connection, once it can be used, and when it is gone. */
  onConnected: () => void = () => undefined;
  onLost: () => void = () => undefined;
  /** Called with everything published to a channel that is listened to. */
  onMessage: (text: string) => void = () => undefined;
  /** The library's own client, for those libraries that need it. */
  readonly client: Redis;

  private constructor(client: Redis) {
    this.client = client;
    client.on('ready', () => this.onConnected());
    client.on('close', () => this.onLost());
    client.on('message', (_channel, text: string) => this.onMessage(text));
  }

  /** Throws a SettingsError when `url` leads to no Redis that can be used. */
  static async open(url: string): Promise<RedisLink> {
    let isOpen = false;
    let latest: unknown;
    const client = new Redis(url, {
      protocol: 3,
      lazyConnect: true,
      connectTimeout: FIRST,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResubscribe: false,
      autoResendUnfulfilledCommands: false,
      retryStrategy: () => (isOpen ? RETRY : null),
    });
    for (const [name, lua] of Object.entries(scripts))
      client.defineCommand(commandOf(name), { lua });
    client.on('error', (fault: unknown) => (latest = fault));
    try {
      await bounded(client.connect(), FIRST);
      // Before version 6, a connection that listens can do nothing else.
      if (versionIn(await bounded(client.info('server'))) < 6) throw new Error('too old');
    } catch (fault) {
      client.disconnect();
      throw new SettingsError([`REDIS_URL: ${whyNot(latest ?? fault)}`]);
    }
    isOpen = true;
    return new RedisLink(client);
  }

  get isConnected(): boolean {
    return this.client.status === 'ready';
  }

  /** What changes with every start of Redis. */
  async serverRun(): Promise<string> {
    const info = await this.bounded(() => this.client.info('server'));
    return /^run_id:(\w+)/m.exec(info)?.[1] ?? '';
  }

  run(script: ScriptName, keys: string[], args: (string | number)[]): Promise<unknown> {
    const client = this.client as unknown as Record<string, Script>;
    return this.bounded(
      () => client[commandOf(script)]?.(keys.length, ...keys, ...args) ?? Promise.reject(UNKNOWN),
    );
  }

  /** To how many it was delivered. */
  publish(channel: string, text: string): Promise<number> {
    return this.bounded(() => this.client.publish(channel, text));
  }

  async listen(channel: string): Promise<void> {
    await this.bounded(() => this.client.subscribe(channel));
  }

  async keys(pattern: string): Promise<string[]> {
    const found = new Set<string>();
    let cursor = '0';
    do {
      const at = cursor;
      const scan = () => this.client.scan(at, 'MATCH', pattern, 'COUNT', 1_000);
      const [next, keys] = await this.bounded(scan);
      for (const key of keys) found.add(key);
      cursor = next;
    } while (cursor !== '0');
    return [...found];
  }

  fields(key: string): Promise<Record<string, string>> {
    return this.bounded(() => this.client.hgetall(key));
  }

  /** Gives the connection up and makes another: this one answers nothing any more. */
  reconnect(): void {
    this.client.disconnect(true);
  }

  close(): void {
    this.client.disconnect();
  }

  private async bounded<Answer>(command: () => Promise<Answer>): Promise<Answer> {
    try {
      return await bounded(command());
    } catch (fault) {
      throw new LinkFault(fault);
    }
  }
}

/** Apart from the library's own names. */
function commandOf(script: string): string {
  return `confab:${script}`;
}

function versionIn(info: string): number {
  return Number(/^redis_version:(\d+)/m.exec(info)?.[1] ?? 0);
}

/** One line, without anything of the address: there may be a password in it. */
function whyNot(fault: unknown): string {
  const message = fault instanceof Error ? fault.message : '';
  if (message.includes('WRONGPASS')) return 'its user name or password is refused.';
  if (message.includes('NOAUTH')) return 'has no password, and the Redis there asks for one.';
  if (message.includes('too old')) return 'leads to a Redis older than version 6.';
  return `leads to no Redis that answers (${codeOf(fault)}).`;
}
