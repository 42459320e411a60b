// `npm run bench`: prints each figure next to its limit, measured in the same run. Parts can be named, and the rounds set:
//   npm run bench -- relay memory --rounds 3
// Missing an aim is a result, not a failure: the exit code tells only whether everything could be measured.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { pinning } from './cores.ts';
import type { Figure } from './figures.ts';
import { groups, parts } from './parts.ts';
import { writeResults } from './results-file.ts';
import { table } from './table.ts';

const order = readOrder();
if (order) await measure(order.names, order.rounds);
else process.exitCode = 2;

function readOrder(): { names: string[]; rounds: number | undefined } | null {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { rounds: { type: 'string' } },
    });
    const named = positionals.flatMap((name) => groups[name] ?? [name]);
    const unknown = named.filter((name) => !(name in parts));
    if (unknown.length > 0) throw new Error(`There is no part called ${unknown.join(', ')}.`);
    const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
    if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
      throw new Error('--rounds takes a whole number of at least 1.');
    }
    return { names: named.length > 0 ? named : Object.keys(parts), rounds };
  } catch (error) {
    const names = [...Object.keys(groups), ...Object.keys(parts)];
    console.error(`${(error as Error).message} The parts are: ${names.join(', ')}.`);
    return null;
  }
}

async function measure(names: string[], rounds: number | undefined): Promise<void> {
  const startedAt = new Date();
  const figures: Figure[] = [];
  for (const name of names) {
    const part = parts[name];
    if (!part) continue;
    process.stderr.write(`${name} `);
    try {
      figures.push(...(await part.measure(rounds ?? part.rounds)));
      process.stderr.write('\n');
    } catch (error) {
      process.stderr.write(`could not be measured: ${String(error)}\n`);
      process.exitCode = 1;
    }
  }
  if (figures.length === 0) return;
  const seconds = Math.round((Date.now() - startedAt.getTime()) / 1000);
  const file = await writeResults(startedAt, figures);
  console.log(`\n${table(figures)}\n`);
  console.log(
    `Medians of interleaved rounds, a ratio being the median of its rounds' ratios; ${pinning()}; ${seconds} s.`,
  );
  console.log(`Every round is in ${path.relative(process.cwd(), file)}.`);
}
