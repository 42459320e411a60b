import { figureOfQuantile, type Figure } from '../figures.ts';
import { createMeeting } from '../load/confab-meetings.ts';
import { startConfab } from '../servers/measured-server.ts';
import { categories, forms, lookAt, type Verdict } from './lighthouse.ts';

const ENOUGH = 95;

/** What Lighthouse gives the start page and the green room, on a phone and on a desktop. */
export async function lighthouseFigures(rounds: number): Promise<Figure[]> {
  const server = await startConfab();
  try {
    const origin = server.url.replace('127.0.0.1', 'localhost');
    const { meetingId, secret } = await createMeeting(server.url);
    const pages = { 'Start page': origin, 'Green room': `${origin}/m/${meetingId}#${secret}` };
    const figures: Figure[] = [];
    for (const [page, url] of Object.entries(pages)) {
      for (const form of forms) {
        const verdicts: Verdict[] = [];
        for (let round = 0; round < rounds; round++) {
          verdicts.push(await lookAt(url, form));
          process.stderr.write('.');
        }
        tellReasons(`${page}, ${form}`, verdicts);
        figures.push(...scoreFigures(`${page}, ${form}`, verdicts));
      }
    }
    return figures;
  } finally {
    await server.stop();
  }
}

function scoreFigures(page: string, verdicts: readonly Verdict[]): Figure[] {
  return categories.map((category) =>
    figureOfQuantile(
      {
        name: `${page}: ${category}`,
        unit: '',
        limitIs: 'of 100 points',
        aim: { ratio: 1, better: 'higher' },
      },
      verdicts.map(({ scores }) => scores[category]),
      0.5,
      ENOUGH,
    ),
  );
}

/** The round in the middle by its performance: what that is made of, and what the other scores lack. */
function tellReasons(page: string, verdicts: readonly Verdict[]): void {
  const byPerformance = [...verdicts].sort((a, b) => a.scores.performance - b.scores.performance);
  const middle = byPerformance[Math.floor((verdicts.length - 1) / 2)];
  if (!middle) return;
  process.stderr.write(`\n${page}: ${middle.metrics.join(', ')}; largest is ${middle.largest}\n`);
  for (const fault of new Set(verdicts.flatMap(({ faults }) => faults)))
    process.stderr.write(`  ${fault}\n`);
}
