import { figureOfQuantile, type Figure } from '../figures.ts';
import { seenBy } from './chromium.ts';
import { join, pictures } from './first-frame-figure.ts';
import type { MeetingPages } from './meeting-pages.ts';

const BUDGET_MS = 300;

/** From the moment when the browser gives a page the screen that its owner chose, to its first frame drawn on the other page. */
export async function sharedScreenFigure(rounds: number, ours: MeetingPages): Promise<Figure> {
  const waits: number[] = [];
  // The first round pays for what later ones find ready, so it does not count.
  for (let round = 0; round <= rounds; round++) {
    const wait = await shareToFirstFrame(ours);
    if (round > 0) waits.push(wait);
    process.stderr.write('.');
  }
  return figureOfQuantile(
    {
      name: 'Shared screen to its first frame',
      unit: 'ms',
      limitIs: 'budget',
      aim: { ratio: 1, better: 'lower' },
    },
    waits,
    0.5,
    BUDGET_MS,
  );
}

async function shareToFirstFrame(pages: MeetingPages): Promise<number> {
  const meeting = await pages.newMeeting();
  try {
    const sharing = await meeting.page('Ada');
    const looking = await meeting.page('Bruno');
    await join([sharing]);
    await join([looking]);
    await Promise.all([pictures(sharing, 1), pictures(looking, 1)]);
    await sharing.getByRole('button', { name: 'Share screen' }).click();
    await pictures(looking, 2);
    const { sharedAt } = await seenBy(sharing);
    const { remoteAt } = await seenBy(looking);
    return (remoteAt[1] ?? Number.NaN) - (sharedAt ?? Number.NaN);
  } finally {
    await meeting.close();
  }
}
