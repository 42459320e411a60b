import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { codeOf, SettingsError } from '../settings-error.ts';
import { damagedFile } from './damaged-file.ts';
import type { Change, Medium } from './medium.ts';

/** What a meeting keeps is small, and every process that runs a test has a disk of its own. */
const SIZES = { writeBufferSize: 1_048_576, cacheSize: 1_048_576 };

/** Files in the folder `store` of `dataDir`, written through LevelDB. */
export class Disk implements Medium {
  private readonly level: ClassicLevel;

  private constructor(folder: string) {
    this.level = new ClassicLevel(folder, { ...SIZES, keyEncoding: 'utf8', valueEncoding: 'utf8' });
  }

  /** Throws a SettingsError where the folder is of no use. */
  static async open(dataDir: string): Promise<Disk> {
    const folder = path.join(dataDir, 'store');
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (fault) {
      throw new SettingsError([`DATA_DIR: cannot be read and written (${codeOf(fault)}).`]);
    }
    // What cannot be read here is told of by opening it.
    const file = await damagedFile(folder).catch(() => undefined);
    if (file !== undefined) throw new SettingsError([`DATA_DIR: ${damaged(`"store" (${file})`)}`]);
    const disk = new Disk(folder);
    try {
      await disk.level.open();
    } catch (fault) {
      throw new SettingsError([`DATA_DIR: ${whyNot((fault as Error).cause)}`]);
    }
    return disk;
  }

  read(): AsyncIterable<readonly [string, string]> {
    return this.level.iterator();
  }

  write(changes: Change[]): Promise<void> {
    const batch = changes.map(([key, value]) =>
      value === undefined ? { type: 'del' as const, key } : { type: 'put' as const, key, value },
    );
    return this.level.batch(batch, { sync: true });
  }

  // A record that was written in part makes LevelDB forget those that follow it in the same file, so the file is left behind.
  async recover(): Promise<void> {
    await this.level.close();
    await this.level.open();
  }

  close(): Promise<void> {
    return this.level.close();
  }
}

function whyNot(cause: unknown): string {
  const code = codeOf(cause);
  if (code === 'LEVEL_LOCKED') return 'is in use by another Confab server.';
  if (code === 'LEVEL_CORRUPTION') return damaged('"store"');
  return `its folder "store" cannot be read and written (${code}).`;
}

function damaged(what: string): string {
  return `its folder ${what} is damaged; put back a copy, or delete it and start without meetings.`;
}
