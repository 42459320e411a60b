import type { Browser } from 'playwright-core';
import { Witness } from '../../tests/faults/witness.ts';
import { passed, until } from '../../tests/fixtures/until.ts';
import { figureOfBudget, figureOfQuantile, type Figure } from '../figures.ts';
import { inNetwork, type Apart } from './apart.ts';
import {
  allSeeOneAnother,
  enterMeeting,
  makeMeetingInPage,
  openPerson,
  type Person,
} from './people.ts';

const INTERVAL_MS = 50;
/** The seat is kept for 45 s (R9): the first ones come back to it, the last gets another. */
const AWAY_S = [5, 20, 60, 180];
const BUDGET_MS = 3_000;

/** Somebody has no network for some seconds: from its return until both see new frames, without a click or a prompt. */
export async function awayFigures(rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  const asked: number[] = [];
  for (const seconds of AWAY_S) {
    const measured: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { back, prompts } = await inNetwork((apart) => beAway(apart, seconds));
      measured.push(back);
      asked.push(prompts);
      process.stderr.write('.');
    }
    figures.push(
      figureOfQuantile(
        {
          name: `No network for ${seconds} s: from its return to both pictures, max`,
          unit: 'ms',
          limitIs: 'its budget',
          aim: { ratio: 1, better: 'lower' },
        },
        measured,
        1,
        BUDGET_MS,
      ),
    );
  }
  const prompts = asked.reduce((sum, one) => sum + one, 0);
  figures.push(
    figureOfBudget(
      {
        name: 'Times that somebody who came back was asked for a device',
        unit: '',
        limitIs: 'none',
        aim: { ratio: 1, better: 'lower' },
      },
      prompts,
      0,
    ),
  );
  return figures;
}

async function beAway({ place, browsers, server }: Apart, seconds: number) {
  const witness = new Witness();
  const open = async (browser: Browser, name: string): Promise<Person> => {
    const person = await openPerson(browser, name, { interval: INTERVAL_MS });
    witness.watch(person);
    return person;
  };
  const pair = [await open(browsers[0], 'Ada'), await open(browsers[1], 'Bruno')] as const;
  const [stays, goes] = pair;
  const link = await makeMeetingInPage(stays, server);
  await enterMeeting(goes, link);
  await allSeeOneAnother(pair, witness);
  await goes.page.evaluate(countPrompts);
  place.unplug();
  await passed(seconds * 1_000);
  await witness.gather();
  const from = Date.now();
  place.plugIn();
  const seen = { byGoing: Number.NaN, byStaying: Number.NaN };
  await until(async () => {
    await witness.gather();
    seen.byGoing = witness.pictureBackAt(goes, stays, from) ?? Number.NaN;
    seen.byStaying = witness.pictureBackAt(stays, goes, from) ?? Number.NaN;
    return seen.byGoing && seen.byStaying ? '' : 'Not both pictures are back yet';
  }, 60_000);
  return {
    back: Math.max(seen.byGoing, seen.byStaying) - from,
    prompts: await goes.page.evaluate(() => window.prompted),
  };
}

declare global {
  interface Window {
    prompted: number;
  }
}

/** Runs in a page that has its devices; must not refer to anything outside itself. */
function countPrompts(): void {
  const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.prompted = 0;
  navigator.mediaDevices.getUserMedia = (constraints) => {
    window.prompted += 1;
    return capture(constraints);
  };
}
