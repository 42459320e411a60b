import type { Page } from 'playwright-core';
import { launchChromium } from '../../tests/browsers/launch-chromium.ts';
import { deviceFiles } from '../../tests/fixtures/device-files.ts';
import { identities } from '../../tests/fixtures/identity.ts';
import { SignalingServer } from '../../tests/fixtures/signaling-server.ts';
import { until } from '../../tests/fixtures/until.ts';
import { disobey } from '../../tests/page/disobey.ts';
import { drawScreen } from '../../tests/page/drawn-screen.ts';
import { figureOfQuantile, type Figure } from '../figures.ts';
import {
  enterMeeting,
  makeMeetingInPage,
  openPerson,
  sendHome,
  type Person,
} from '../recovery/people.ts';
import { noteEnds } from './note-ends.ts';

const BUDGET_MS = 1_000;
/** Wide enough that sharing a screen is a button of its own. */
const WINDOW = { width: 960, height: 600 };
const SCREEN = { rgb: [200, 30, 30] as [number, number, number], pitch: 900 };
/** As long as people need to hear and see each other well, so that what is measured is the word and not the meeting's start. */
const SETTLED_MS = 3_000;

type Word = 'mute' | 'forbid to speak' | 'stop a share' | 'remove';

/** From a host's click to the end of the last connection over which a page that obeys nobody could send anything to anybody. */
export async function disobedienceFigures(rounds: number): Promise<Figure[]> {
  const ends: Record<Word, number[]> = {
    mute: [],
    'forbid to speak': [],
    'stop a share': [],
    remove: [],
  };
  const server = new SignalingServer();
  await server.start();
  const [identity] = identities;
  if (!identity) throw new Error('There is nobody.');
  const browser = await launchChromium(deviceFiles(identity));
  try {
    // The first round pays for what later ones find ready, so it does not count.
    for (let round = -1; round < rounds; round++) {
      const people = await Promise.all(
        ['Ada', 'Mallory', 'Cy'].map((name) => openPerson(browser, name)),
      );
      const measured = await measureMeeting(people, server.url);
      await sendHome(people);
      if (round < 0) continue;
      for (const [word, ms] of measured) ends[word].push(ms);
      process.stderr.write('.');
    }
  } finally {
    await browser.close();
    await server.remove();
  }
  return Object.entries(ends).flatMap(([word, all]) =>
    [0.5, 1].map((quantile) =>
      figureOfQuantile(
        {
          name: `A page that disobeys: ${word}, ${quantile === 1 ? 'slowest' : 'median'}`,
          unit: 'ms',
          limitIs: 'its budget',
          aim: { ratio: 1, better: 'lower' },
        },
        all,
        quantile,
        BUDGET_MS,
      ),
    ),
  );
}

async function measureMeeting(people: Person[], server: string): Promise<[Word, number][]> {
  const [ada, mallory, cy] = people;
  if (!ada || !mallory || !cy) throw new Error('Three people were to come.');
  for (const { page } of people) {
    await page.setViewportSize(WINDOW);
    await page.context().addInitScript(noteEnds);
  }
  await mallory.page.context().addInitScript(drawScreen, SCREEN);
  await mallory.page.context().addInitScript(disobey);
  const link = await makeMeetingInPage(ada, server);
  await enterMeeting(mallory, link);
  await enterMeeting(cy, link);
  await control(ada.page, 'People').click();
  const others = [ada.page, cy.page];
  const measured: [Word, number][] = [];
  const says = async (word: Word, act: string) => {
    await linked(others);
    measured.push([word, await endAfter(ada.page, act, others)]);
  };
  const unmutes = () => control(mallory.page, 'Unmute microphone').click();

  await says('mute', 'Mute');
  await unmutes();
  await says('forbid to speak', 'Forbid to speak');
  await does(ada.page, 'Allow to speak');
  await unmutes();
  await control(mallory.page, 'Share screen').click();
  await says('stop a share', 'Stop screen share');
  await control(mallory.page, 'Share screen').click();
  await says('remove', 'Remove from meeting');
  return measured;
}

/** Everybody is connected to everybody, and has been for a while. */
async function linked(pages: Page[]): Promise<void> {
  await until(async () => {
    const links = await Promise.all(pages.map((page) => page.evaluate(() => window.linkedFor())));
    const isLinked = links.every(({ count, ms }) => count === 2 && ms > SETTLED_MS);
    return isLinked ? '' : `Not everybody is connected: ${JSON.stringify(links)}`;
  }, 60_000);
}

/** Milliseconds from the click until the last of the pages has ended a connection. */
async function endAfter(host: Page, act: string, pages: Page[]): Promise<number> {
  for (const page of pages) await page.evaluate(() => window.forgetEnds());
  await does(host, act);
  let ends: number[] = [];
  await until(async () => {
    ends = await Promise.all(pages.map((page) => page.evaluate(() => window.endedAt())));
    return ends.every((at) => at > 0) ? '' : `After "${act}", somebody is still connected`;
  });
  return Math.max(...ends) - (await host.evaluate(() => window.clickedAt()));
}

async function does(host: Page, act: string): Promise<void> {
  await host.getByRole('button', { name: 'Actions for Mallory' }).click();
  await host.getByRole('menuitem', { name: act, exact: true }).click();
}

function control(page: Page, name: string) {
  return page
    .getByRole('toolbar', { name: 'Meeting controls' })
    .getByRole('button', { name, exact: true });
}
