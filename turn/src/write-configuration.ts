// `npm run turn:config -- <file>`: writes coturn's configuration from the environment. README.md lists what is read.
import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { relayConfiguration } from './configuration.ts';
import { RelaySettingsError, readRelaySettings } from './relay-settings.ts';

const [file = '-', ...more] = process.argv.slice(2);
try {
  if (more.length > 0) throw new RelaySettingsError('Give one file, or none for the terminal.');
  const text = relayConfiguration(readRelaySettings(process.env));
  if (file === '-') process.stdout.write(text);
  else write(path.resolve(file), text);
} catch (error) {
  if (!(error instanceof RelaySettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** Whole or not at all, and from its first byte on for its owner and group alone: it holds the secret. */
function write(target: string, text: string): void {
  const unfinished = `${target}.new`;
  writeFileSync(unfinished, text, { mode: 0o640 });
  chmodSync(unfinished, 0o640);
  renameSync(unfinished, target);
}
