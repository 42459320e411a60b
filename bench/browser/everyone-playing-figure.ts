import { figureOfRounds, type Figure } from '../figures.ts';
import { interleaved } from '../rounds.ts';
import { seenBy } from './chromium.ts';
import { join, pictures } from './first-frame-figure.ts';
import type { MeetingPages } from './meeting-pages.ts';

const NAMES = ['Ada', 'Bruno', 'Chiara', 'Dmitri'];

/** Four people click `Join now` at the same moment: until each sees the other three. */
export async function everyonePlayingFigure(
  rounds: number,
  ours: MeetingPages,
  limit: MeetingPages,
): Promise<Figure> {
  const measured = await interleaved(rounds, {
    measured: () => clickToLastPicture(ours),
    limit: () => clickToLastPicture(limit),
  });
  return figureOfRounds(
    {
      name: 'Four people join at once: all 12 pictures',
      unit: 'ms',
      limitIs: 'the same with bare peer connections',
      aim: { ratio: 1.4, better: 'lower' },
    },
    measured,
  );
}

async function clickToLastPicture(pages: MeetingPages): Promise<number> {
  const meeting = await pages.newMeeting();
  try {
    const everyone = [];
    for (const name of NAMES) everyone.push(await meeting.page(name));
    await join(everyone);
    await Promise.all(everyone.map((page) => pictures(page, NAMES.length - 1)));
    const seen = await Promise.all(everyone.map(seenBy));
    const clicked = Math.min(...seen.map(({ clickedAt }) => clickedAt ?? Number.NaN));
    return Math.max(...seen.flatMap(({ remoteAt }) => remoteAt)) - clicked;
  } finally {
    await meeting.close();
  }
}
