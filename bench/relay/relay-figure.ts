import { figureOfRounds, type Figure } from '../figures.ts';
import { startLoad } from '../load/load.ts';
import type { Target } from '../load/load-messages.ts';
import { interleaved } from '../rounds.ts';
import { startBareRelay, startConfab } from '../servers/measured-server.ts';

const MEETINGS = 100;
const SIZE = 4;
/**
 * How much is relayed, per round. The 400 participants send 450 signals each: fewer than the budget of one connection, so that
 * the guard counts every signal and refuses none.
 */
const WARM_UP = 60_000;
const MEASURED = 120_000;

/** Signals relayed per second of the server's processor time, next to a bare Socket.IO relay. */
export async function relayFigure(rounds: number): Promise<Figure[]> {
  const measured = await interleaved(rounds, {
    measured: () => throughput('confab'),
    limit: () => throughput('bare'),
  });
  return [
    figureOfRounds(
      {
        name: 'Signals relayed per server CPU-second',
        unit: '/s',
        limitIs: 'a bare Socket.IO relay, nothing checked',
        aim: { ratio: 1, better: 'higher' },
      },
      measured,
    ),
  ];
}

async function throughput(target: Target): Promise<number> {
  const server = target === 'confab' ? await startConfab(BEHIND_A_PROXY) : await startBareRelay();
  const load = startLoad();
  try {
    await load.order({ order: 'seat', target, url: server.url, meetings: MEETINGS, size: SIZE });
    await load.order({ order: 'relay', signals: WARM_UP });
    const before = await server.probe('processor');
    await load.order({ order: 'relay', signals: MEASURED });
    const after = await server.probe('processor');
    return MEASURED / (after.cpuSeconds - before.cpuSeconds);
  } finally {
    load.stop();
    await server.stop();
  }
}

/** The load tells the server a different address for each meeting, as a reverse proxy would. */
export const BEHIND_A_PROXY = { TRUST_PROXY: '127.0.0.1' };
