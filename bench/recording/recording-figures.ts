import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Arrivals } from '../../tests/fixtures/arrivals.ts';
import { BrowserShelf } from '../../tests/fixtures/browser-shelf.ts';
import { KeptRecordings } from '../../tests/fixtures/kept-recordings.ts';
import { makeMeeting } from '../../tests/fixtures/make-meeting.ts';
import type { Participant } from '../../tests/fixtures/participant.ts';
import { RecordedFile } from '../../tests/fixtures/recorded-file.ts';
import { MeetingRecorder } from '../../tests/fixtures/recorder.ts';
import { SignalingServer } from '../../tests/fixtures/signaling-server.ts';
import { figureOfQuantile, type Figure } from '../figures.ts';
import { Ears } from './ears.ts';
import { killRenderers } from './kill-renderers.ts';

/** Small and slow, so that composing and encoding have what they need on two cores. */
const SIZE = { width: 160, height: 90, framesPerSecond: 10 };
const WHOLE_SECONDS = 60;
const KILLED_SECONDS = 40;
/** Agreeing takes effect within this, and the last second may be a part of one; seconds. */
const MARGIN = 2;

type Round = {
  whole: Readings;
  /** Seconds by which the whole one is shorter or longer than it can be by the clock. */
  off: number;
  closed: Readings;
  crashed: Readings;
};

/** A file as ffprobe and ffmpeg find it; seconds. `lacking`: those in which one of the three is not seen, or not heard though their sound was there. */
type Readings = {
  seconds: number;
  apart: number;
  longestPicture: number;
  lacking: number;
  complaints: number;
};

/**
 * Three people, one of them in Firefox: a recording of a minute, read by other programs; and two whose tab is closed, or its process killed,
 * after 40 seconds, as they are offered on the start page afterwards.
 */
export async function recordingFigures(rounds: number): Promise<Figure[]> {
  const all: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    all.push(await measure());
    process.stderr.write('.');
  }
  const every = all.flatMap(({ whole, closed, crashed }) => [whole, closed, crashed]);
  return [
    worst(
      'A minute of three people: its length in the file, off the clock',
      's',
      all.map(({ off }) => off),
      1,
    ),
    least('Its tab closed after 40 s: what can be played', all.map(playable('closed'))),
    least('Its process killed after 40 s: what can be played', all.map(playable('crashed'))),
    worst('All three: picture and sound end apart', 's', every.map(reading('apart')), 0.2),
    worst('All three: longest picture', 's', every.map(reading('longestPicture')), 1),
    worst('All three: seconds without one of them', 's', every.map(reading('lacking')), 0),
    worst('All three: what ffmpeg complains of', '', every.map(reading('complaints')), 0),
  ];
}

function worst(name: string, unit: string, values: number[], budget: number): Figure {
  const aim = { ratio: 1, better: 'lower' } as const;
  const limitIs = budget === 0 ? 'none' : 'its budget';
  return figureOfQuantile({ name, unit, limitIs, aim }, values, 1, budget);
}

function least(name: string, values: number[]): Figure {
  const aim = { ratio: 1, better: 'higher' } as const;
  return figureOfQuantile({ name, unit: 's', limitIs: 'all but 5 s', aim }, values, 0, 35);
}

const reading = (of: keyof Readings) => (one: Readings) => one[of];
const playable = (which: 'closed' | 'crashed') => (round: Round) => round[which].seconds;

async function measure(): Promise<Round> {
  const folder = await mkdtemp(path.join(tmpdir(), 'confab-bench-'));
  const server = new SignalingServer();
  const shelf = new BrowserShelf();
  const arrivals = new Arrivals('chromium', shelf);
  try {
    await server.start();
    const link = await makeMeeting(server.url);
    const ada = await arrivals.arrive('Ada', { size: SIZE });
    const bruno = await arrivals.arrive('Bruno', { devices: 'drawn', size: SIZE });
    const chiara = await arrivals.arrive('Chiara', { browser: 'firefox', size: SIZE });
    const people = [ada, bruno, chiara];
    for (const person of people) await person.joins(link);

    let begun = await beginWithAll(people);
    await begun.recorder.hasRecorded(WHOLE_SECONDS);
    const least = (Date.now() - begun.at) / 1_000;
    await begun.recorder.stops();
    const most = (Date.now() - begun.asked) / 1_000;
    const kept = new KeptRecordings(ada.page);
    const whole = await read(kept, path.join(folder, 'whole.webm'), { ...begun, people });
    const off = Math.max(0, least - whole.seconds, whole.seconds - most);

    const rescue = async (recorder: Participant, name: string) => {
      const page = await recorder.page.context().newPage();
      await page.goto(server.url);
      const file = path.join(folder, name);
      return read(new KeptRecordings(page), file, { ...begun, people });
    };
    begun = await beginWithAll(people);
    await begun.recorder.hasRecorded(KILLED_SECONDS);
    await ada.closesTab();
    const closed = await rescue(ada, 'closed.webm');

    const again = await ada.opensAnotherTab();
    await again.joins(link);
    begun = await beginWithAll([again, bruno, chiara]);
    await begun.recorder.hasRecorded(KILLED_SECONDS);
    await killRenderers(again.page);
    const crashed = await rescue(again, 'crashed.webm');
    return { whole, off, closed, crashed };
  } finally {
    await arrivals.close();
    await shelf.close();
    await server.remove();
    await rm(folder, { recursive: true });
  }
}

/** The first of them records, the others agree. It began between `asked` and `at` (milliseconds); everybody is in it `from` so many seconds on. */
async function beginWithAll(people: Participant[]) {
  const [first, ...others] = people;
  if (!first) throw new Error('There is nobody.');
  await first.seesAndHears(...others);
  const recorder = new MeetingRecorder(first);
  const asked = Date.now();
  await recorder.begins();
  const at = Date.now();
  for (const other of others) await new MeetingRecorder(other).stays(first);
  const ears = new Ears(people);
  return { recorder, ears, asked, at, from: Math.ceil((Date.now() - asked) / 1_000) + MARGIN };
}

type Begun = Awaited<ReturnType<typeof beginWithAll>>;

/** Saves the latest recording, and looks into it; `from` so many seconds everybody is to be in it. */
async function read(
  kept: KeptRecordings,
  file: string,
  { people, from, ears, asked, at }: Begun & { people: Participant[] },
): Promise<Readings> {
  ears.close();
  await kept.saves(0, file);
  const recorded = new RecordedFile(file);
  const { seconds } = recorded.probe();
  const { picture, sound, longestPicture } = recorded.lengths();
  const [seen, heard] = [recorded.coloursBySecond(), recorded.heardBySecond(people)];
  const to = Math.min(seen.length, heard.length) - 1;
  let lacking = 0;
  for (let second = from; second < to; second++) {
    const unheard = people.filter(({ name }) => !heard[second]?.includes(name));
    // When exactly it began nobody knows; and two busy cores have their own silences.
    const [begin, end] = [asked + second * 1_000, at + (second + 1) * 1_000];
    const lost = unheard.filter((one) => !ears.wasSilent(one, begin, end));
    if (unheard.length === 0 && seen[second]?.length === people.length) continue;
    if (lost.length > 0 || seen[second]?.length !== people.length) lacking++;
    const silent = unheard.filter((one) => !lost.includes(one)).map(({ name }) => name);
    console.error(
      `second ${second}: seen ${seen[second]?.join()}, heard ${heard[second]?.join()}, silent ${silent.join()}`,
    );
  }
  const told = recorded.complaints();
  if (told !== '') console.error(told);
  const complaints = told === '' ? 0 : 1;
  process.stderr.write(`${seconds.toFixed(1)} s `);
  return { seconds, apart: Math.abs(picture - sound), longestPicture, lacking, complaints };
}
