import { createLog } from './log.ts';
import type { Log } from './log.ts';
import type { RunningServer } from './server.ts';
import { SettingsError } from './settings-error.ts';
import { readSettings } from './settings.ts';
import type { Settings } from './settings.ts';

/**
 * In milliseconds: time for load balancers to notice that this server is not ready; for everybody to move elsewhere; and for everything to end.
 */
const NOTICE = 500;
const LONGEST_MOVE = 8_000;
const LONGEST_STOP = 12_000;

const settings = settingsOrExit();
const log = createLog(settings.logLevel);
const server = await startOrExit(settings, log);

let stopping = false;
process.on('SIGTERM', () => stop(0));
process.on('SIGINT', () => stop(0));
for (const event of ['unhandledRejection', 'uncaughtException'] as const)
  process.on(event, (fault: unknown) => {
    log.error('an unexpected fault, the server stops', { fault });
    if (!stopping) stop(1);
  });

// Last, because whoever reads it may ask for the stop at once.
log.info('ready', { url: server.url });
process.stdout.write(`Confab is ready at ${server.url}\n`);

/** Lets everybody go and exits; asked a second time it exits at once. */
function stop(code: number): void {
  if (stopping) process.exit(1);
  stopping = true;
  log.info('stopping');
  server.drain();
  setTimeout(() => process.exit(code), LONGEST_STOP).unref();
  const noticed = new Promise((resolve) => setTimeout(resolve, NOTICE));
  void Promise.all([noticed, server.everybodyGone(code === 0 ? LONGEST_MOVE : 0)])
    .then(() => server.close())
    .finally(() => process.exit(code));
}

function settingsOrExit(): Settings {
  try {
    return readSettings();
  } catch (fault) {
    if (fault instanceof SettingsError) exitWith(fault);
    throw fault;
  }
}

async function startOrExit(from: Settings, to: Log): Promise<RunningServer> {
  try {
    // Only now: whoever has a setting to mend need not wait for all of the server to be loaded.
    const { startServer } = await import('./server.ts');
    return await startServer(from, { log: to });
  } catch (fault) {
    if (fault instanceof SettingsError) exitWith(fault);
    to.error('the server could not start', { fault });
    process.exit(1);
  }
}

function exitWith({ message }: SettingsError): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
