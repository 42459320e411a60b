import { createHash, randomFillSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchChromium } from '../../tests/browsers/launch-chromium.ts';
import { Paths } from '../../tests/faults/paths.ts';
import { Witness } from '../../tests/faults/witness.ts';
import { deviceFiles } from '../../tests/fixtures/device-files.ts';
import { identities } from '../../tests/fixtures/identity.ts';
import { makeMeeting } from '../../tests/fixtures/make-meeting.ts';
import { SignalingServer } from '../../tests/fixtures/signaling-server.ts';
import { passed, until } from '../../tests/fixtures/until.ts';
import { figureOfBudget, figureOfQuantile, figureOfRounds, type Figure } from '../figures.ts';
import { allSeeOneAnother, enterMeeting, openPerson, type Person } from '../recovery/people.ts';
import { RendererMemory } from './renderer-memory.ts';

const BYTES = 200_000_000;
const NAME = 'large.bin';
const CUT_MS = 5_000;
/** About as long as the file takes. */
const CALM_MS = 40_000;
const INTERVAL_MS = 50;
const BUDGET = { memory: 50, freeze: 300 };

type Round = {
  memory: number[];
  freeze: number;
  /** Of the same people before, in about as much time, with nothing being sent. */
  calmMemory: number;
  /** Their longest freeze in as much time as the file took, with nothing being sent. */
  calm: number;
  seconds: number;
  damaged: number;
};

/** 200 MB from one to another during a video call, their path cut in the middle: memory of both, and the longest freeze while the path is there. */
export async function filesFigures(rounds: number): Promise<Figure[]> {
  const all: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    all.push(await measure());
    process.stderr.write('.');
  }
  const worst = (name: string, unit: string, values: number[], budget: number) =>
    figureOfQuantile({ name, unit, limitIs: 'its budget', aim: AT_MOST }, values, 1, budget);
  const memory = (who: number) => all.map((one) => one.memory[who] ?? Number.NaN);
  return [
    worst('200 MB: memory of the page that sends, growth', 'MB', memory(0), BUDGET.memory),
    worst('200 MB: memory of the page that receives, growth', 'MB', memory(1), BUDGET.memory),
    worst(
      'The same people, nothing sent for 40 s: memory of either page, growth',
      'MB',
      all.map(({ calmMemory }) => calmMemory),
      BUDGET.memory,
    ),
    figureOfRounds(
      {
        name: '200 MB: longest freeze',
        unit: 'ms',
        limitIs: '300 ms, or theirs in as long with nothing sent',
        aim: AT_MOST,
      },
      {
        measured: all.map(({ freeze }) => freeze),
        // Two busy cores freeze pictures by themselves: a file is not to blame for that.
        limit: all.map(({ calm }) => Math.max(calm, BUDGET.freeze)),
      },
    ),
    worst(
      'The same people, as long, nothing sent: longest freeze',
      'ms',
      all.map(({ calm }) => calm),
      BUDGET.freeze,
    ),
    figureOfBudget(
      {
        name: '200 MB: bytes per second',
        unit: 'MB/s',
        limitIs: 'as a video needs',
        aim: AT_LEAST,
      },
      Math.min(...all.map(({ seconds }) => BYTES / 1e6 / seconds)),
      1,
    ),
    figureOfBudget(
      { name: 'Files that did not arrive as they were', unit: '', limitIs: 'none', aim: AT_MOST },
      all.reduce((sum, { damaged }) => sum + damaged, 0),
      0,
    ),
  ];
}

const AT_MOST = { ratio: 1, better: 'lower' } as const;
const AT_LEAST = { ratio: 1, better: 'higher' } as const;

async function measure(): Promise<Round> {
  const folder = await mkdtemp(path.join(tmpdir(), 'confab-bench-'));
  const bytes = randomFillSync(Buffer.alloc(BYTES));
  const wanted = createHash('sha256').update(bytes).digest('hex');
  const file = path.join(folder, NAME);
  await writeFile(file, bytes);
  const server = new SignalingServer();
  const paths = new Paths();
  const [one, other] = identities;
  if (!one || !other) throw new Error('There is nobody.');
  // A browser each, so that each page's memory can be told.
  const browsers = [
    await launchChromium(deviceFiles(one)),
    await launchChromium(deviceFiles(other)),
  ];
  try {
    await server.start();
    const witness = new Witness();
    const people: Person[] = [];
    for (const [index, name] of ['Ada', 'Bruno'].entries()) {
      const browser = browsers[index];
      if (!browser) throw new Error('Everybody has a browser.');
      const person = await openPerson(browser, name, { paths, interval: INTERVAL_MS });
      witness.watch(person);
      people.push(person);
    }
    const [ada, bruno] = people as [Person, Person];
    await chooseOwnPlace(bruno);
    const link = await makeMeeting(server.url);
    for (const person of people) await enterMeeting(person, link);
    await allSeeOneAnother(people, witness);
    for (const { page } of people) await page.getByRole('button', { name: 'Chat' }).click();
    const freezeBetween = async (from: number) => {
      await witness.gather();
      return witness.longestStandstill([ada, bruno], { from, to: Date.now() });
    };

    const memories = await Promise.all(browsers.map((browser) => RendererMemory.of(browser)));
    for (const memory of memories) await memory.start();
    const calmFrom = Date.now();
    await passed(CALM_MS);
    const calmBefore = await freezeBetween(calmFrom);
    const calmMemory = Math.max(...memories.map((one) => one.stop()));

    for (const memory of memories) await memory.start(memory.usual);
    let from = Date.now();
    const asked = ada.page.waitForEvent('filechooser');
    await ada.page.getByRole('button', { name: 'Attach a file' }).click();
    await (await asked).setFiles(file);
    await bruno.page.getByRole('button', { name: 'Accept' }).click();
    const began = Date.now();
    await until(async () => {
      const now = await bruno.page.getByRole('progressbar').getAttribute('aria-valuenow');
      return Number(now) >= 50 ? '' : `${now} per cent have arrived`;
    }, 300_000);
    let freeze = await freezeBetween(from);
    const between = paths.between(ada, bruno);
    const cut = Date.now();
    between.cut();
    await passed(CUT_MS);
    between.heal();
    await allSeeOneAnother(people, witness);
    from = Date.now();
    const dark = from - cut;
    await bruno.page.getByText('Saved', { exact: true }).waitFor({ timeout: 600_000 });
    freeze = Math.max(freeze, await freezeBetween(from));
    const seconds = (Date.now() - began - dark) / 1_000;
    const memory = memories.map((one) => one.stop());
    const restFrom = Date.now();
    await passed(Math.max(0, seconds * 1_000 - CALM_MS));
    const calm = Math.max(calmBefore, await freezeBetween(restFrom));
    const damaged = (await digestThere(bruno)) === wanted ? 0 : 1;
    process.stderr.write(`${(BYTES / 1e6 / seconds).toFixed(1)} MB/s `);
    return { memory, calmMemory, freeze, calm, seconds, damaged };
  } finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    await paths.close();
    await server.remove();
    await rm(folder, { recursive: true });
  }
}

/** Whoever is asked for a place on the disk chooses one; here without a window, which nobody could press. */
async function chooseOwnPlace({ page }: Person): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, {
      showSaveFilePicker: async () =>
        (await navigator.storage.getDirectory()).getFileHandle('chosen', { create: true }),
    });
  });
}

/** SHA-256 of what lies at the chosen place. */
async function digestThere({ page }: Person): Promise<string> {
  return page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    const file = await (await folder.getFileHandle('chosen')).getFile();
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  });
}
