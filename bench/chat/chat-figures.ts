import { Arrivals } from '../../tests/fixtures/arrivals.ts';
import { BrowserShelf } from '../../tests/fixtures/browser-shelf.ts';
import { CANARY, chatStorm, type Storm } from '../../tests/fixtures/chat-storm.ts';
import { SignalingServer } from '../../tests/fixtures/signaling-server.ts';
import { figureOfBudget, type Figure } from '../figures.ts';

const EACH = 250;
/** What the server takes of one person: 20 at once, and 2 a second. */
const LEAST_SECONDS = (EACH - 20) / 2;

type Round = Storm & {
  /** How often words of the messages are in what the server keeps and writes. */
  leaked: number;
};

/** A thousand messages of four people, two of them in Firefox, over a killed server and two cuts: what became of them, and how long it took. */
export async function chatFigures(rounds: number): Promise<Figure[]> {
  const all: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    all.push(await measure());
    process.stderr.write('.');
  }
  const none = (name: string, count: (round: Round) => number) =>
    figureOfBudget({ name, unit: '', limitIs: 'none', aim: AT_MOST }, sum(all.map(count)), 0);
  return [
    none('1,000 messages, four readers: lost', ({ said, read }) =>
      sum(read.map((texts) => said.filter((text) => !texts.includes(text)).length)),
    ),
    none('1,000 messages, four readers: read twice', ({ read }) =>
      sum(read.map((texts) => texts.length - new Set(texts).size)),
    ),
    none('1,000 messages, four readers: places in another order than the first reads', ({ read }) =>
      sum(read.map((texts) => differences(texts, read[0] ?? []))),
    ),
    none('The last 200, somebody who comes later: places in another order, or lacking', (round) =>
      differences(round.late, round.kept),
    ),
    none('Words of them in what the server keeps or writes', ({ leaked }) => leaked),
    figureOfBudget(
      {
        name: '1,000 messages: from the first until everybody has read all',
        unit: 's',
        limitIs: 'what the server takes of one person',
        aim: { ratio: 2.5, better: 'lower' },
      },
      Math.max(...all.map(({ seconds }) => seconds)),
      LEAST_SECONDS,
    ),
  ];
}

const AT_MOST = { ratio: 1, better: 'lower' } as const;

async function measure(): Promise<Round> {
  const server = new SignalingServer();
  const shelf = new BrowserShelf();
  const arrivals = new Arrivals('chromium', shelf);
  try {
    await server.start();
    const arrive = arrivals.arrive.bind(arrivals);
    const storm = await chatStorm(arrive, server, EACH);
    const written = `${server.kept().toString('latin1')}${server.output}`;
    return { ...storm, leaked: written.split(CANARY).length - 1 };
  } finally {
    await arrivals.close();
    await shelf.close();
    await server.remove();
  }
}

function differences(texts: string[], wanted: string[]): number {
  const places = Math.max(texts.length, wanted.length);
  return Array.from({ length: places }).filter((_, place) => texts[place] !== wanted[place]).length;
}

function sum(counts: number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}
