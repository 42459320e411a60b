import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Composition } from './docker.ts';
import { accountsIn, lacksGuards } from './guards.ts';
import { openPorts } from './open-ports.ts';
import { fingerprintAt, processOf } from './relay-certificate.ts';

/** The two servers, as docker-compose.yml names them. */
const NODES = ['signaling-1', 'signaling-2'];

/** What a trial says to docker-compose.yml, as `.env` would. */
export type TrialSettings = {
  DOMAIN: string;
  HTTP_PORT: string;
  HTTPS_PORT: string;
  TURN_PORT: string;
  TURN_TLS_PORT: string;
  TURN_VERSION: string;
  COMPOSE_FILE: string;
};

/** One way of deploying on this machine; each step resolves with a sentence, or throws an Error that is one. */
export class Trial {
  private readonly settings: TrialSettings;
  private readonly composition: Composition;
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'confab-trial-'));
  private readonly authority = path.join(this.folder, 'authority.crt');

  constructor(project: string, settings: TrialSettings) {
    this.settings = settings;
    this.composition = new Composition(project, settings);
  }

  get url(): string {
    return `https://${this.settings.DOMAIN}:${this.settings.HTTPS_PORT}`;
  }

  async comesUp(): Promise<string> {
    const started = performance.now();
    const code = await this.composition.show('up', '-d', '--build', '--wait');
    if (code !== 0)
      throw new Error((await this.composition.ask('logs', '--tail', '40')).slice(-4_000));
    const seconds = Math.round((performance.now() - started) / 1_000);
    const root = 'caddy:/data/caddy/pki/authorities/local/root.crt';
    await this.composition.ask('cp', root, this.authority);
    return `all healthy after ${seconds} s, the build among them`;
  }

  async isGuarded(): Promise<string> {
    const containers = [...(await this.composition.containers()).values()];
    const lacking = (await Promise.all(containers.map(lacksGuards))).flat();
    if (lacking.length > 0) throw new Error(lacking.join('; '));
    const accounts = (await Promise.all(containers.map(accountsIn))).flat();
    if (accounts.includes('0')) throw new Error('something runs as root');
    return `${containers.length} containers, none as root`;
  }

  async opensOnlyDocumented(): Promise<string> {
    const { HTTP_PORT, HTTPS_PORT, TURN_PORT, TURN_TLS_PORT } = this.settings;
    const documented = [
      `${HTTP_PORT}/tcp`,
      `${HTTPS_PORT}/tcp`,
      `${TURN_PORT}/tcp`,
      `${TURN_PORT}/udp`,
      `${TURN_TLS_PORT}/tcp`,
    ].sort((one, other) => parseInt(one) - parseInt(other));
    // The relay's certificate is there a moment after Caddy has it.
    const open = await eventually(
      async () => openPorts((await this.composition.containers()).values()),
      (ports) => ports.length >= documented.length,
    );
    if (open.join() !== documented.join())
      throw new Error(`open are ${open.join(', ')} instead of ${documented.join(', ')}`);
    return open.join(', ');
  }

  async isRightFromOutside(): Promise<string> {
    await this.passes('node', '--import', 'tsx', 'deploy/src/check.ts', this.url);
    return this.url;
  }

  /** Only where `DOMAIN` is an address, at which the relay is too. */
  async handsNewCertificateOn(): Promise<string> {
    const { DOMAIN, TURN_TLS_PORT } = this.settings;
    const relay = (await this.composition.containers()).get('coturn') ?? '';
    const look = () => fingerprintAt(DOMAIN, Number(TURN_TLS_PORT));
    const [before, running] = [await look(), await processOf('turnserver', relay)];
    const place = `/data/caddy/certificates/local/${DOMAIN}`;
    await this.composition.ask('exec', '-T', 'caddy', 'rm', '-r', place);
    await this.composition.ask('restart', 'caddy');
    const after = await eventually(look, (fingerprint) => fingerprint !== before);
    if (after === before) throw new Error('the relay keeps the former one');
    if ((await processOf('turnserver', relay)) !== running)
      throw new Error('the relay was started anew for it');
    return 'the relay has taken it, and goes on';
  }

  /** Moves the relay to another port, as whoever changes `.env` does. */
  async followsItsSettings(port: string): Promise<string> {
    const changed = { TURN_PORT: port };
    Object.assign(this.settings, changed);
    this.composition.set(changed);
    const code = await this.composition.show('up', '-d', '--wait');
    if (code !== 0)
      throw new Error((await this.composition.ask('logs', '--tail', '40')).slice(-4_000));
    await this.opensOnlyDocumented();
    await this.isRightFromOutside();
    return `the relay went to port ${port}, and browsers are told so`;
  }

  /** Runs one of tests/composed. */
  async meets(spec: string): Promise<void> {
    const configuration = 'tests/composed/playwright.config.ts';
    await this.passes('playwright', 'test', '--config', configuration, spec);
  }

  async leavesNothing(): Promise<string> {
    const volumes = await this.composition.volumes();
    await this.composition.ask('down', '-v');
    const remains = await this.composition.remains(volumes);
    if (remains.length > 0) throw new Error(`still there: ${remains.join(', ')}`);
    return 'no container, volume or network';
  }

  async tidy(): Promise<void> {
    await this.composition.ask('down', '-v', '--remove-orphans');
    rmSync(this.folder, { recursive: true });
  }

  /** Runs a program of this project against the deployment, its output on the terminal. */
  private async passes(program: string, ...args: string[]): Promise<void> {
    const child = spawn(program, args, {
      stdio: 'inherit',
      env: {
        ...process.env,
        ...this.settings,
        COMPOSE_PROJECT_NAME: this.composition.project,
        NODE_EXTRA_CA_CERTS: this.authority,
        CONFAB_URL: this.url,
        CONFAB_NODES: NODES.join(','),
      },
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`${program} ended with ${String(code)}`);
  }
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
