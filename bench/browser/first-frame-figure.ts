import type { Page } from 'playwright-core';
import { figureOfRounds, type Figure } from '../figures.ts';
import { interleaved } from '../rounds.ts';
import { seenBy, until } from './chromium.ts';
import type { MeetingPages } from './meeting-pages.ts';

/** From a newcomer's click on `Join now` to the first frame of the person who is already there. */
export async function firstFrameFigure(
  rounds: number,
  ours: MeetingPages,
  limit: MeetingPages,
): Promise<Figure> {
  const measured = await interleaved(rounds, {
    measured: () => clickToFirstFrame(ours),
    limit: () => clickToFirstFrame(limit),
  });
  return figureOfRounds(
    {
      name: 'Join click to first remote frame',
      unit: 'ms',
      limitIs: 'two bare peer connections over a bare WebSocket',
      aim: { ratio: 1.25, better: 'lower' },
    },
    measured,
  );
}

async function clickToFirstFrame(pages: MeetingPages): Promise<number> {
  const meeting = await pages.newMeeting();
  try {
    const first = await meeting.page('Ada');
    await join([first]);
    const newcomer = await meeting.page('Bruno');
    await join([newcomer]);
    await pictures(newcomer, 1);
    const { clickedAt, remoteAt } = await seenBy(newcomer);
    return (remoteAt[0] ?? Number.NaN) - (clickedAt ?? Number.NaN);
  } finally {
    await meeting.close();
  }
}

/** Nobody who has just written their name clicks before that; what is fetched meanwhile counts for no side. Milliseconds. */
const READING_MS = 1_000;

/** Clicks `Join now` on all pages at the same moment. */
export async function join(pages: readonly Page[]): Promise<void> {
  const moment = Date.now() + READING_MS;
  await Promise.all(pages.map((page) => page.evaluate(`void joinAt(${moment})`)));
  await Promise.all(pages.map((page) => until(page, 'seen.clickedAt')));
}

/** Waits until `count` remote pictures have been drawn on the page. */
export async function pictures(page: Page, count: number): Promise<void> {
  await until(page, `seen.remoteAt.length >= ${count}`);
}
