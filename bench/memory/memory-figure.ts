import { figureOfRounds, type Figure } from '../figures.ts';
import { startLoad } from '../load/load.ts';
import type { Target } from '../load/load-messages.ts';
import { BEHIND_A_PROXY } from '../relay/relay-figure.ts';
import { interleaved } from '../rounds.ts';
import { startBareRelay, startConfab } from '../servers/measured-server.ts';

const SIZE = 5;
/** Participants seated before the first reading and before the second; the heap grows in steps, so only the difference tells. */
const FIRST = 500;
const SECOND = 3000;

/** What one more participant who only sits there costs in resident memory, next to a connection on a bare relay. */
export async function memoryFigure(rounds: number): Promise<Figure[]> {
  const measured = await interleaved(rounds, {
    measured: () => bytesPerParticipant('confab'),
    limit: () => bytesPerParticipant('bare'),
  });
  return [
    figureOfRounds(
      {
        name: 'Memory per idle participant',
        unit: 'kB',
        limitIs: 'a bare Socket.IO connection in a room',
        aim: { ratio: 1.1, better: 'lower' },
      },
      measured,
    ),
  ];
}

async function bytesPerParticipant(target: Target): Promise<number> {
  const server = target === 'confab' ? await startConfab(BEHIND_A_PROXY) : await startBareRelay();
  const load = startLoad();
  const seat = (meetings: number) =>
    load.order({ order: 'seat', target, url: server.url, meetings, size: SIZE });
  try {
    await seat(FIRST / SIZE);
    const first = await server.probe('memory');
    await seat((SECOND - FIRST) / SIZE);
    const second = await server.probe('memory');
    return (second.rss - first.rss) / (SECOND - FIRST) / 1000;
  } finally {
    load.stop();
    await server.stop();
  }
}
