import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { layCable, settle } from './cable.ts';

/** Network namespaces need Linux, root and the `ip` program. */
export function canMakeNetworks(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    ip('netns', 'list');
    return true;
  } catch {
    return false;
  }
}

/**
 * A network of its own inside this machine: a switch, a server's place at it, and a place for each person, all reaching one another and
 * nothing else. Each is a network namespace; nothing outside them changes.
 */
export class Network {
  private readonly name = `confab-${randomBytes(4).toString('hex')}`;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'confab-network-'));
  /** Those of the people's places. */
  private readonly namespaces: string[] = [];
  /** Where the server listens. */
  readonly serverAddress = '10.79.0.1';

  constructor() {
    ip('netns', 'add', this.switch);
    this.atSwitch('link', 'set', 'lo', 'up');
    this.atSwitch('link', 'add', 'switch', 'type', 'bridge');
    this.atSwitch('addr', 'add', `${this.serverAddress}/24`, 'dev', 'switch');
    this.atSwitch('link', 'set', 'switch', 'up');
  }

  /** The command that runs a program at the server's place. */
  get serverCommand(): string[] {
    return ['ip', 'netns', 'exec', this.switch];
  }

  addPlace(): Place {
    const number = this.namespaces.length + 2;
    const namespace = `${this.name}-${number}`;
    ip('netns', 'add', namespace);
    this.namespaces.push(namespace);
    const port = `port${number}`;
    layCable(namespace, { port, at: this.switch });
    this.atSwitch('link', 'set', port, 'master', 'switch', 'up');
    return new Place(namespace, number, this.serverAddress, this.folder);
  }

  /** After all programs in it have ended. */
  remove(): void {
    for (const namespace of [...this.namespaces, this.switch]) ip('netns', 'del', namespace);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get switch(): string {
    return `${this.name}-switch`;
  }

  private atSwitch(...order: string[]): void {
    ip('-n', this.switch, ...order);
  }
}

/** Where one person's computer is plugged in. */
export class Place {
  readonly namespace: string;
  private readonly folder: string;
  private readonly gateway: string;
  private host: number;

  constructor(namespace: string, host: number, gateway: string, folder: string) {
    this.namespace = namespace;
    this.host = host;
    this.gateway = gateway;
    this.folder = folder;
    this.here('link', 'set', 'lo', 'up');
    this.plugIn();
    settle(namespace);
  }

  unplug(): void {
    this.here('link', 'set', 'plug', 'down');
  }

  /** With the address of before. */
  plugIn(): void {
    this.here('addr', 'replace', `10.79.0.${this.host}/24`, 'dev', 'plug');
    this.here('link', 'set', 'plug', 'up');
    this.here('route', 'replace', 'default', 'via', this.gateway);
  }

  /** As when somebody walks from one network to another: the old address is gone, a new one is there. */
  changeAddress(): void {
    this.host += 100;
    this.here('addr', 'flush', 'dev', 'plug');
    this.plugIn();
  }

  /** A program that runs `program` here, for those who start it by a single path. */
  programHere(program: string): string {
    const script = path.join(this.folder, `${this.namespace}-${path.basename(program)}`);
    writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${this.namespace} '${program}' "$@"\n`);
    chmodSync(script, 0o755);
    return script;
  }

  private here(...order: string[]): void {
    ip('-n', this.namespace, ...order);
  }
}

function ip(...order: string[]): void {
  execFileSync('ip', order, { stdio: ['ignore', 'ignore', 'pipe'] });
}
