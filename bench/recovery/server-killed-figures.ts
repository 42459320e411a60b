import { YieldingBrowsers } from '../browser/yielding.ts';
import { launchChromium } from '../../tests/browsers/launch-chromium.ts';
import { Witness } from '../../tests/faults/witness.ts';
import { deviceFiles } from '../../tests/fixtures/device-files.ts';
import { identities } from '../../tests/fixtures/identity.ts';
import { makeMeeting } from '../../tests/fixtures/make-meeting.ts';
import { SignalingServer } from '../../tests/fixtures/signaling-server.ts';
import { passed, until } from '../../tests/fixtures/until.ts';
import { figureOfBudget, figureOfQuantile, type Figure } from '../figures.ts';
import {
  allSeeOneAnother,
  enterMeeting,
  lacksWhole,
  openPerson,
  sendHome,
  type Person,
} from './people.ts';

const NAMES = ['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elif', 'Farid'];
const DARK_MS = 10_000;
/** Packets of sound come 50 times a second and tell of gaps; six pictures at twice this rate leave two cores no time for anything else. */
const FRAMES_PER_SECOND = 5;
const BUDGET = { gap: 300, whole: 3_000 };

/**
 * Six people, of whom one speaks; the only server is killed and is back after ten seconds. The longest time in which anybody received nothing
 * of somebody. The server has the processor first, as if it were a machine of its own.
 */
export async function serverKilledFigures(rounds: number): Promise<Figure[]> {
  const server = new SignalingServer();
  await server.start();
  const [identity] = identities;
  if (!identity) throw new Error('There is nobody.');
  const yielding = new YieldingBrowsers();
  const browser = await launchChromium(deviceFiles(identity), {
    place: yielding,
    origin: server.url,
  });
  const seen = { gaps: [] as number[], calm: [] as number[], whole: [] as number[], faults: 0 };
  try {
    const witness = new Witness();
    const people: Person[] = [];
    const link = await makeMeeting(server.url);
    for (const name of NAMES) {
      const person = await openPerson(browser, name, {
        framesPerSecond: FRAMES_PER_SECOND,
        isSilent: people.length > 0,
      });
      witness.watch(person);
      people.push(person);
      await enterMeeting(person, link);
    }
    await allSeeOneAnother(people, witness);
    for (let round = 0; round < rounds; round++) {
      seen.calm.push(await longestGapDuring(witness, () => passed(DARK_MS)));
      const from = Date.now();
      seen.gaps.push(
        await longestGapDuring(witness, async () => {
          await server.kill();
          await passed(DARK_MS);
          await server.start();
          const ready = Date.now();
          await until(() => lacksWhole(people));
          seen.whole.push(Date.now() - ready);
          await passed(2_000);
        }),
      );
      const faults = witness.rosterFaults({ from, to: Date.now() });
      for (const fault of faults) console.error(fault);
      seen.faults += faults.length;
      process.stderr.write('.');
    }
    await sendHome(people);
  } finally {
    await browser.close();
    yielding.remove();
    await server.remove();
  }
  const gap = (quantile: number, named: string) =>
    figureOfQuantile(
      title(`Server killed, six people: longest gap, ${named}`),
      seen.gaps,
      quantile,
      BUDGET.gap,
    );
  return [
    gap(0.5, 'p50'),
    gap(0.95, 'p95'),
    gap(1, 'max'),
    figureOfQuantile(
      title('The same people, nothing happening: longest gap, max'),
      seen.calm,
      1,
      BUDGET.gap,
    ),
    figureOfQuantile(
      title('Server back: everybody is shown as present, max'),
      seen.whole,
      1,
      BUDGET.whole,
    ),
    figureOfBudget(
      { ...title('Looks at which somebody was missing or doubled'), unit: '', limitIs: 'none' },
      seen.faults,
      0,
    ),
  ];
}

function title(name: string) {
  return { name, unit: 'ms', limitIs: 'its budget', aim: { ratio: 1, better: 'lower' } } as const;
}

async function longestGapDuring(witness: Witness, act: () => Promise<void>): Promise<number> {
  const from = Date.now();
  await act();
  const to = Date.now();
  await witness.gather();
  return witness.gaps({ from, to })[0]?.milliseconds ?? Number.NaN;
}
