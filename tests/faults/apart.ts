import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { layCable, settle } from './cable.ts';

const PROGRAMS = ['/usr/bin/turnserver', '/usr/sbin/nft'];

/** Whether coturn and nftables are there, which `npm test` installs on Debian. */
export function isRelayInstalled(): boolean {
  return PROGRAMS.every((program) => existsSync(program));
}

/** What a network lets out; `only UDP` is about the relay, the app is reached all the same. */
export type Outlet = 'everything' | 'only UDP' | 'no UDP' | 'only 443';

/**
 * A server's place on an Internet of its own, and people in networks from which there is a way to it and none to each other: as behind two
 * NATs that let nothing in. Each is a network namespace; nothing outside them changes.
 */
export class Apart {
  private readonly name = `confab-${randomBytes(4).toString('hex')}`;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'confab-apart-'));
  private readonly homes: Home[] = [];
  /** Where the app is served. */
  readonly serverAddress = '10.80.0.1';
  /** Where the relay is, in both families. */
  readonly relayAddresses = ['10.80.0.2', 'fd80::2'];

  /** `routed`: after all there is a way from everybody to everybody. */
  constructor({ routed = false } = {}) {
    ip('netns', 'add', this.hub);
    ip('-n', this.hub, 'link', 'set', 'lo', 'up');
    for (const address of [this.serverAddress, ...this.relayAddresses])
      ip('-n', this.hub, 'addr', 'add', address, 'dev', 'lo');
    // Without forwarding the hub is the end of every way.
    inside(this.hub, 'sysctl', '-qw', `net.ipv4.ip_forward=${routed ? 1 : 0}`);
  }

  /** The command that runs a program at the server's place. */
  get serverCommand(): string[] {
    return ['ip', 'netns', 'exec', this.hub];
  }

  addHome(): Home {
    const number = this.homes.length + 1;
    const namespace = `${this.name}-${number}`;
    const [here, there] = [`10.80.${number}.2`, `10.80.${number}.1`];
    ip('netns', 'add', namespace);
    const port = `port${number}`;
    layCable(namespace, { port, at: this.hub });
    ip('-n', this.hub, 'addr', 'add', `${there}/24`, 'dev', port);
    ip('-n', this.hub, 'link', 'set', port, 'up');
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    ip('-n', namespace, 'addr', 'add', `${here}/24`, 'dev', 'plug');
    ip('-n', namespace, 'link', 'set', 'plug', 'up');
    ip('-n', namespace, 'route', 'add', 'default', 'via', there);
    settle(namespace);
    const home = new Home(namespace, here, this.folder);
    this.homes.push(home);
    return home;
  }

  /** After all programs in it have ended. */
  remove(): void {
    for (const { namespace } of this.homes) ip('netns', 'del', namespace);
    ip('netns', 'del', this.hub);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get hub(): string {
    return `${this.name}-hub`;
  }
}

/** One person's network. */
export class Home {
  readonly namespace: string;
  readonly address: string;
  private readonly folder: string;

  constructor(namespace: string, address: string, folder: string) {
    this.namespace = namespace;
    this.address = address;
    this.folder = folder;
  }

  /** From now on; what is dropped is dropped without a word, as firewalls do. */
  letOut(outlet: Outlet): void {
    const rules = {
      everything: '',
      'only UDP':
        'ip daddr 10.80.0.2 meta l4proto tcp drop; ip6 daddr fd80::2 meta l4proto tcp drop',
      'no UDP': 'meta l4proto udp drop',
      'only 443': 'oifname "plug" tcp dport != 443 drop; oifname "plug" meta l4proto udp drop',
    };
    const table = `table inet outlet { chain out { type filter hook output priority 0; ${rules[outlet]}; }; }`;
    inside(this.namespace, 'nft', `add table inet outlet; delete table inet outlet; ${table}`);
  }

  /** Counts what goes to `address` from now on; see {@link packetsCounted}. */
  count(address: string): void {
    const rule = `ip daddr ${address} counter`;
    inside(
      this.namespace,
      'nft',
      `table inet census { chain out { type filter hook output priority 1; ${rule}; }; }`,
    );
  }

  /** How many packets have gone to the address that {@link count} was told. */
  get packetsCounted(): number {
    const listed = inside(this.namespace, 'nft', 'list', 'table', 'inet', 'census');
    return Number(/packets (\d+)/.exec(listed)?.[1]);
  }

  /** A program that runs `program` here, for those who start it by a single path. */
  programHere(program: string): string {
    const script = path.join(this.folder, this.namespace);
    writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${this.namespace} '${program}' "$@"\n`);
    chmodSync(script, 0o755);
    return script;
  }
}

function inside(namespace: string, ...command: string[]): string {
  return ip('netns', 'exec', namespace, ...command);
}

function ip(...order: string[]): string {
  return execFileSync('ip', order, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
}
