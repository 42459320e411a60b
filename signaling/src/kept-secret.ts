import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { codeOf, SettingsError } from './settings-error.ts';

const LEAST_CHARACTERS = 32;

/**
 * The secret this server made for itself, kept in `dataDir` so that tokens outlive a restart. Made when there is none.
 * Throws a SettingsError when it can neither be read nor made.
 */
export function keptSecret(dataDir: string): string {
  const secret = readOrMake(dataDir);
  // A disk that was full at the first start leaves an empty file, and what an empty secret signs, anybody can sign.
  if (secret.length < LEAST_CHARACTERS)
    throw new SettingsError(['DATA_DIR: its file "secret" is damaged; delete it and start again.']);
  return secret;
}

function readOrMake(dataDir: string): string {
  const file = path.join(dataDir, 'secret');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    makeOnce(file);
    return readFileSync(file, 'utf8').trim();
  } catch (fault) {
    throw new SettingsError([`DATA_DIR: cannot be read and written (${codeOf(fault)}).`]);
  }
}

function makeOnce(file: string): void {
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (fault) {
    if (codeOf(fault) !== 'EEXIST') throw fault;
  }
}
