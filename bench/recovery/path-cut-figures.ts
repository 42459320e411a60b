import { passed } from '../../tests/fixtures/until.ts';
import { figureOfRounds, type Figure } from '../figures.ts';
import { allSeeOneAnother, restartLimit } from './people.ts';
import { withPairs, type Pairs } from './pairs.ts';

const CUTS = [5, 10, 30, 60];

/** A pair's path is cut for some seconds: from its healing until both see new frames, next to a bare pair that restarts at that moment. */
export async function pathCutFigures(rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const seconds of CUTS) {
    const measured: number[] = [];
    const limit: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await withPairs(async (pairs) => {
        const { ours, bare } = await timeToPicture(pairs, seconds);
        measured.push(ours);
        limit.push(bare);
      });
      process.stderr.write('.');
    }
    figures.push(
      figureOfRounds(
        {
          name: `Path cut for ${seconds} s: from its healing to both pictures`,
          unit: 'ms',
          limitIs: 'a bare peer connection, ICE restarted at that moment',
          aim: { ratio: 1.3, better: 'lower' },
        },
        { measured, limit },
      ),
    );
  }
  return figures;
}

async function timeToPicture({ ours, bare, paths, witness }: Pairs, seconds: number) {
  const both = [paths.between(...ours), paths.between(...bare)];
  for (const path of both) path.cut();
  await passed(seconds * 1_000);
  await witness.gather();
  const healed = Date.now();
  for (const path of both) path.heal();
  await restartLimit(bare);
  await Promise.all([ours, bare].map((pair) => allSeeOneAnother(pair, witness, healed)));
  const back = ([one, other]: Pairs['ours']) =>
    Math.max(
      witness.pictureBackAt(one, other, healed) ?? Number.NaN,
      witness.pictureBackAt(other, one, healed) ?? Number.NaN,
    ) - healed;
  return { ours: back(ours), bare: back(bare) };
}
