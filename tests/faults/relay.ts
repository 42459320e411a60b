import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { relayConfiguration, readRelaySettings } from '@confab/turn';
import { until } from '../fixtures/until.ts';

const TLS_PORT = '443';

export type RelayOptions = {
  /** Where it is; clients come to the first. */
  addresses: string[];
  /** What goes before the command, to run it in another network. */
  command: string[];
  /** Lines of the project's configuration that coturn does not get to see, and what it does instead. */
  changes: { leaveOut: RegExp; add: string } | null;
};

/** The real coturn, with the project's own configuration for this place. */
export class Relay {
  readonly secret = randomBytes(32).toString('base64');
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'confab-relay-'));
  private readonly options: RelayOptions;
  private process: ChildProcess | null = null;
  /** Everything it has written so far. */
  output = '';

  constructor(options: RelayOptions) {
    this.options = options;
  }

  get urls(): string[] {
    const address = this.options.addresses[0] ?? '';
    return [
      `turn:${address}:3478?transport=udp`,
      `turn:${address}:3478?transport=tcp`,
      `turns:${address}:${TLS_PORT}?transport=tcp`,
    ];
  }

  /** What the signaling server has to be told about it. */
  get settings(): Record<string, string> {
    return { TURN_URLS: this.urls.join(','), TURN_SECRET: this.secret };
  }

  /** What each allocation was made with, or asked for: the credential's name. It says so with `verbose` alone. */
  get credentials(): string[] {
    return Array.from(
      this.output.matchAll(/user <([^>]+)>: incoming packet ALLOCATE processed, success/g),
      ([, name]) => name ?? '',
    );
  }

  async start(): Promise<void> {
    const certificate = path.join(this.folder, 'certificate.pem');
    const key = path.join(this.folder, 'key.pem');
    const { addresses, changes } = this.options;
    makeCertificate(addresses[0] ?? '', certificate, key);
    const settings = readRelaySettings({
      ...this.settings,
      ...{ TURN_LISTENING_IPS: addresses.join(','), TURN_RELAY_IPS: addresses.join(',') },
      ...{ TURN_CERT: certificate, TURN_KEY: key, TURN_TLS_PORT: TLS_PORT },
      TURN_STATE_DIR: this.folder,
    });
    const file = path.join(this.folder, 'turnserver.conf');
    const lines = relayConfiguration(settings).split('\n');
    const kept = lines.filter((line) => !changes?.leaveOut.test(line));
    writeFileSync(file, [...kept, changes?.add ?? ''].join('\n'), { mode: 0o600 });
    const command = [...this.options.command, 'turnserver', '-c', file];
    const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    await until(() =>
      /turn server id=\d+ created/.test(this.output)
        ? ''
        : `coturn does not say that it is ready:\n${this.output}`,
    );
  }

  async remove(): Promise<void> {
    const child = this.process;
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function makeCertificate(address: string, certificate: string, key: string): void {
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', `/CN=${address}`, '-addext', `subjectAltName=IP:${address}`],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
}
