import { until } from '../../tests/fixtures/until.ts';
import { figureOfQuantile, type Figure } from '../figures.ts';
import { withPairs, type Pairs } from './pairs.ts';
import { allSeeOneAnother, restartLimit } from './people.ts';

/** Longer than any step between two frames of a picture that moves, shorter than it takes to notice a fault. */
const NOTICEABLE_MS = 1_000;

/** Two seconds to be sure of the fault, and three as a receiver may take to ask for a whole picture. */
const BUDGET_MS = 5_000;

/**
 * The server is dead and a pair's addresses lead nowhere any more: how long its pictures stand still, until it has found fresh ones through
 * the third person. The bare pair has a server, and restarts at the moment of the fault; whether it loses a picture then, and waits for a whole
 * one, is chance.
 */
export async function noServerFigure(rounds: number): Promise<Figure[]> {
  const measured: number[] = [];
  const limit: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await withPairs(
      async (pairs) => {
        await pairs.server.kill();
        const { ours, bare } = await timeStandingStill(pairs);
        measured.push(ours);
        limit.push(bare);
      },
      ['Chiara'],
    );
    process.stderr.write('.');
  }
  return standingStill('Server dead, a pair’s addresses lost: pictures stand still, max', {
    measured,
    limit,
  });
}

/** What a pair took to heal beside its budget, and what the bare one took. */
export function standingStill(
  name: string,
  { measured, limit }: { measured: number[]; limit: number[] },
): Figure[] {
  const budget = { unit: 'ms', limitIs: 'its budget', aim: { ratio: 1, better: 'lower' } } as const;
  return [
    figureOfQuantile({ ...budget, name }, measured, 1, BUDGET_MS),
    figureOfQuantile(
      { ...budget, name: 'A bare pair that has a server, restarted at once: the same' },
      limit,
      1,
      BUDGET_MS,
    ),
  ];
}

/** Takes a pair's addresses away and waits until both pairs see each other again. */
export async function timeStandingStill({ ours, bare, paths, witness }: Pairs) {
  const from = Date.now();
  await Promise.all([paths.between(...ours).renew(), paths.between(...bare).renew()]);
  await restartLimit(bare);
  await until(async () => {
    await witness.gather();
    const still = witness.longestStandstill(ours, { from, to: Date.now() });
    return still > NOTICEABLE_MS ? '' : 'The pictures have not stopped yet';
  });
  await Promise.all([ours, bare].map((pair) => allSeeOneAnother(pair, witness)));
  const span = { from, to: Date.now() };
  return {
    ours: witness.longestStandstill(ours, span),
    bare: witness.longestStandstill(bare, span),
  };
}
