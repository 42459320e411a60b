import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';
import { figureOfBudget, type Figure } from '../figures.ts';
import { createMeeting } from '../load/confab-meetings.ts';
import type { MeasuredServer } from '../servers/measured-server.ts';
import { freshPage, until } from './chromium.ts';
import { join, pictures } from './first-frame-figure.ts';

const BUDGETS = { start: 35, greenRoom: 60, meeting: 120 };

/** JavaScript (kB after gzip) that each screen had to load, nothing cached, and requests to anybody but the own server. */
export async function pageWeightFigures(
  browser: Browser,
  server: MeasuredServer,
): Promise<Figure[]> {
  const origin = server.url.replace('127.0.0.1', 'localhost');
  const { meetingId, secret } = await createMeeting(server.url);
  const foreign: string[] = [];

  const start = await watchedPage(browser, origin, foreign);
  await start.page.goto(origin);
  await start.page.getByRole('button', { name: 'New meeting' }).waitFor();
  const startWeight = await start.weight();

  const visits = [];
  const greenRoomWeights = [];
  for (const name of ['Ada', 'Bruno']) {
    const visit = await watchedPage(browser, origin, foreign);
    visits.push(visit);
    await visit.page.goto(`${origin}/m/${meetingId}#${secret}`);
    await visit.page.getByRole('textbox', { name: 'Your name' }).fill(name);
    await until(visit.page, 'seen.joinableAt && seen.previewAt');
    greenRoomWeights.push(await visit.weight(await cameraAt(visit.page)));
  }
  // Together, so that nobody waits until what is fetched for later is there as well.
  await join(visits.map(({ page }) => page));
  await Promise.all(visits.map(({ page }) => pictures(page, 1)));
  const meetingWeights = await Promise.all(visits.map((visit) => visit.weight()));

  await Promise.all([start, ...visits].map(({ page }) => page.context().close()));
  for (const address of foreign) console.error(`A request left for ${address}`);
  return [
    weight('Start page', startWeight, BUDGETS.start),
    weight('Green room', Math.max(...greenRoomWeights), BUDGETS.greenRoom),
    weight('Green room and meeting', Math.max(...meetingWeights), BUDGETS.meeting),
    figureOfBudget(
      { name: 'Requests to third parties', unit: '', limitIs: 'none', aim: AT_MOST },
      foreign.length,
      0,
    ),
  ];
}

const AT_MOST = { ratio: 1, better: 'lower' } as const;

function weight(screen: string, measured: number, budget: number): Figure {
  const title = {
    name: `${screen}: JavaScript, gzip`,
    unit: 'kB',
    limitIs: 'its budget',
    aim: AT_MOST,
  };
  return figureOfBudget(title, measured, budget);
}

/** A page whose scripts are weighed and whose every request is checked for where it goes. */
async function watchedPage(browser: Browser, origin: string, foreign: string[]) {
  const page = await freshPage(browser);
  const scripts = new Map<string, { finishedAt: number; response: Response }>();
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith('http') && asked !== origin) foreign.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host) foreign.push(socket.url());
  });
  page.on('response', (response) => {
    if (!(response.headers()['content-type'] ?? '').includes('javascript')) return;
    // A script is fetched, and imported from the cache then.
    if (!scripts.has(response.url()))
      scripts.set(response.url(), { finishedAt: Date.now(), response });
  });
  return {
    page,
    /** kB of all scripts that had arrived by the moment `before`. */
    async weight(before = Number.POSITIVE_INFINITY): Promise<number> {
      const bodies = await Promise.all(
        [...scripts.values()]
          .filter(({ finishedAt }) => finishedAt <= before)
          .map(({ response }) => response.body()),
      );
      return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000;
    },
  };
}

function cameraAt(page: Page): Promise<number> {
  return page.evaluate<number>('seen.cameraAt');
}
