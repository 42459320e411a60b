import { passed, until } from '../../tests/fixtures/until.ts';
import { figureOfQuantile, type Figure } from '../figures.ts';
import { standingStill, timeStandingStill } from './no-server-figure.ts';
import { withPairs } from './pairs.ts';
import { allSeeOneAnother, lacksWhole } from './people.ts';

const BROKEN_AFTER_MS = 30_000;
const DEAD_MS = 60_000;
const WHOLE_MS = 3_000;

/**
 * The server is dead for a minute, and in its middle a pair's addresses lead nowhere any more: how long its pictures stand still, and when
 * everybody is shown as present once the server is back.
 */
export async function longWithoutServerFigures(rounds: number): Promise<Figure[]> {
  const seen = { ours: [] as number[], bare: [] as number[], whole: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    await withPairs(
      async (pairs) => {
        const { server, witness } = pairs;
        const people = [...pairs.ours, ...pairs.others];
        await server.kill();
        const dead = Date.now();
        await passed(BROKEN_AFTER_MS);
        const { ours, bare } = await timeStandingStill(pairs);
        await passed(dead + DEAD_MS - Date.now());
        await allSeeOneAnother(people, witness);
        await server.start();
        const back = Date.now();
        await until(() => lacksWhole(people));
        seen.whole.push(Date.now() - back);
        seen.ours.push(ours);
        seen.bare.push(bare);
      },
      ['Chiara'],
    );
    process.stderr.write('.');
  }
  return [
    ...standingStill(
      'Server dead for a minute, addresses lost in its middle: pictures stand still, max',
      { measured: seen.ours, limit: seen.bare },
    ),
    figureOfQuantile(
      {
        name: 'Server back after a minute: everybody is shown as present, max',
        unit: 'ms',
        limitIs: 'its budget',
        aim: { ratio: 1, better: 'lower' },
      },
      seen.whole,
      1,
      WHOLE_MS,
    ),
  ];
}
