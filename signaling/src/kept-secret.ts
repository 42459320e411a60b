import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { codeOf, SettingsError } from './settings-error.ts';

/** What a disk that was full or lost power leaves is empty, or has zeros in it. */
const isWhole = (secret: string) => secret.length >= 32 && !secret.includes('\0');

/**
 * The secret this server made for itself, kept in `dataDir` so that tokens outlive a restart. Made when there is none.
 * Throws a SettingsError when it can neither be read nor made.
 */
export function keptSecret(dataDir: string): string {
  const secret = readOrMake(dataDir);
  // What a secret signs that is empty, or nothing but zeros, anybody can sign.
  if (!isWhole(secret))
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

/** Whenever power is lost, there is either no such file or all of it. */
function makeOnce(file: string): void {
  if (existsSync(file)) return;
  const made = `${file}.${randomBytes(6).toString('hex')}`;
  writeDurably(made);
  try {
    // Unlike renaming, it leaves alone what another server has made meanwhile.
    linkSync(made, file);
  } catch (fault) {
    // Some disks know no links.
    if (codeOf(fault) !== 'EEXIST') renameSync(made, file);
  } finally {
    rmSync(made, { force: true });
  }
}

function writeDurably(file: string): void {
  const opened = openSync(file, 'w', 0o600);
  try {
    writeFileSync(opened, randomBytes(48).toString('base64url'));
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
