import type { Browser } from 'playwright-core';
import type { Figure } from '../figures.ts';
import { startLimitServer } from '../servers/limit-server.ts';
import { startConfab, type MeasuredServer } from '../servers/measured-server.ts';
import { launchChromium } from './chromium.ts';
import { everyonePlayingFigure } from './everyone-playing-figure.ts';
import { firstFrameFigure } from './first-frame-figure.ts';
import { greenRoomFigure } from './green-room-figure.ts';
import { cameraOf, confabPages, limitPages } from './meeting-pages.ts';
import { pageWeightFigures } from './page-weight-figures.ts';
import { sharedScreenFigure } from './shared-screen-figure.ts';

const comparisons = {
  'first-frame': firstFrameFigure,
  'four-people': everyonePlayingFigure,
  'green-room': greenRoomFigure,
};

/** Measures Confab's pages and the limit's in the same browser, round by round. */
export async function compareInBrowser(
  what: keyof typeof comparisons,
  rounds: number,
): Promise<Figure[]> {
  return inBrowser(async (browser, server) => {
    const limitServer = await startLimitServer();
    try {
      const ours = confabPages(browser, server);
      const limit = limitPages(browser, limitServer, await cameraOf(ours));
      // The first round pays for what later ones find ready (codecs, processes, compiled code), so it does not count.
      await comparisons[what](1, ours, limit);
      return [await comparisons[what](rounds, ours, limit)];
    } finally {
      limitServer.stop();
    }
  });
}

/** How long the others wait for a shared screen. */
export function timeSharing(rounds: number): Promise<Figure[]> {
  return inBrowser(async (browser, server) => [
    await sharedScreenFigure(rounds, confabPages(browser, server)),
  ]);
}

export function weighPages(): Promise<Figure[]> {
  return inBrowser(pageWeightFigures);
}

async function inBrowser(
  measure: (browser: Browser, server: MeasuredServer) => Promise<Figure[]>,
): Promise<Figure[]> {
  const server = await startConfab();
  try {
    const browser = await launchChromium();
    try {
      return await measure(browser, server);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
