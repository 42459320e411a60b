import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figures.ts';

const folder = fileURLToPath(new URL('./results/', import.meta.url));

/** Keeps every round of a run, with what is needed to judge it later; returns the file's path. */
export async function writeResults(startedAt: Date, figures: readonly Figure[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${startedAt.toISOString().replaceAll(':', '-')}.json`);
  const machine = {
    processors: os.cpus().map(({ model }) => model),
    memoryBytes: os.totalmem(),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    /** Over 1, 5 and 15 minutes: shows how busy the machine was with other things. */
    load: os.loadavg(),
  };
  await writeFile(file, `${JSON.stringify({ startedAt, machine, figures }, null, 2)}\n`);
  return file;
}
