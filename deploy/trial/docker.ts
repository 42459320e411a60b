import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** What a docker command prints. Rejects with what it says on its way out. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await runFile('docker', args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

/** Whether an engine answers, by the one question that needs one. */
export async function engineAnswers(): Promise<boolean> {
  try {
    await docker('info', '--format', '{{.ServerVersion}}');
    return true;
  } catch {
    return false;
  }
}

/** One deployment of docker-compose.yml, apart from any other on this machine. */
export class Composition {
  readonly project: string;
  private env: NodeJS.ProcessEnv;

  /** `settings` as in `.env`. */
  constructor(project: string, settings: Record<string, string>) {
    this.project = project;
    this.env = { ...process.env, ...settings, COMPOSE_PROJECT_NAME: project };
  }

  /** From now on, as after a change of `.env`. */
  set(settings: Record<string, string>): void {
    this.env = { ...this.env, ...settings };
  }

  /** Runs a compose command with its output on the terminal; resolves with its exit code. */
  show(...args: string[]): Promise<number> {
    const child = spawn('docker', ['compose', '--progress', 'plain', ...args], {
      env: this.env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
    });
  }

  async ask(...args: string[]): Promise<string> {
    const { stdout } = await runFile('docker', ['compose', ...args], { env: this.env });
    return stdout.trim();
  }

  /** The containers that run, by their service's names. */
  async containers(): Promise<Map<string, string>> {
    const format = '{{.Label "com.docker.compose.service"}} {{.ID}}';
    const lines = await docker('ps', '--filter', this.label, '--format', format);
    return new Map(lines.split('\n').map((line) => line.split(' ') as [string, string]));
  }

  /** The volumes that its containers have, those without a name too, which carry no label. */
  async volumes(): Promise<string[]> {
    const ids = (await docker('ps', '-aq', '--filter', this.label)).split('\n');
    const format = '{{range .Mounts}}{{if eq .Type "volume"}}{{.Name}} {{end}}{{end}}';
    const told = await docker('inspect', '--format', format, ...ids);
    return [...new Set(told.split(/\s+/).filter((name) => name !== ''))];
  }

  /** Whatever of this project, and which of these volumes, the engine still knows. */
  async remains(volumes: string[]): Promise<string[]> {
    const kept = (await docker('volume', 'ls', '-q')).split('\n');
    const kinds = [
      ['ps', '-aq'],
      ['volume', 'ls', '-q'],
      ['network', 'ls', '-q'],
    ];
    const found = await Promise.all(kinds.map((kind) => docker(...kind, '--filter', this.label)));
    const labelled = found.flatMap((lines) => lines.split('\n')).filter((line) => line !== '');
    return [...new Set([...labelled, ...volumes.filter((name) => kept.includes(name))])];
  }

  private get label(): string {
    return `label=com.docker.compose.project=${this.project}`;
  }
}
