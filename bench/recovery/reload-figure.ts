import { launchChromium } from '../../tests/browsers/launch-chromium.ts';
import { Witness } from '../../tests/faults/witness.ts';
import { deviceFiles } from '../../tests/fixtures/device-files.ts';
import { identities } from '../../tests/fixtures/identity.ts';
import { makeMeeting } from '../../tests/fixtures/make-meeting.ts';
import { SignalingServer } from '../../tests/fixtures/signaling-server.ts';
import { until } from '../../tests/fixtures/until.ts';
import { figureOfRounds, type Figure } from '../figures.ts';
import { enterMeeting, openPerson, sendHome, type Person } from './people.ts';

const INTERVAL_MS = 50;

/** From reloading the page to pictures both ways, next to the first join: from following the link, clicking as soon as one can. */
export async function reloadFigure(rounds: number): Promise<Figure[]> {
  const server = new SignalingServer();
  await server.start();
  const [identity] = identities;
  if (!identity) throw new Error('There is nobody.');
  const browser = await launchChromium(deviceFiles(identity));
  const measured: number[] = [];
  const limit: number[] = [];
  try {
    // The first round pays for what later ones find ready, so it does not count.
    for (let round = -1; round < rounds; round++) {
      const witness = new Witness();
      const link = await makeMeeting(server.url);
      const ada = await openPerson(browser, 'Ada', { interval: INTERVAL_MS });
      const bruno = await openPerson(browser, 'Bruno', { interval: INTERVAL_MS });
      witness.watch(ada, bruno);
      await enterMeeting(ada, link);
      const joining = await timeToBothPictures([ada, bruno], witness, () =>
        enterMeeting(bruno, link),
      );
      const reloading = await timeToBothPictures([ada, bruno], witness, async () => {
        await bruno.page.reload();
      });
      await sendHome([ada, bruno]);
      if (round < 0) continue;
      measured.push(reloading);
      limit.push(joining);
      process.stderr.write('.');
    }
  } finally {
    await browser.close();
    await server.remove();
  }
  return [
    figureOfRounds(
      {
        name: 'Reload: to pictures both ways',
        unit: 'ms',
        limitIs: 'the first join, from following the link',
        aim: { ratio: 1.5, better: 'lower' },
      },
      { measured, limit },
    ),
  ];
}

/** The frames that the one who stays still had from the page that went do not count: only a new connection's do. */
async function timeToBothPictures(
  [stays, comes]: [Person, Person],
  witness: Witness,
  come: () => Promise<void>,
): Promise<number> {
  await witness.gather();
  const from = Date.now();
  await come();
  const seen = { byComing: Number.NaN, byStaying: Number.NaN };
  await until(async () => {
    await witness.gather();
    seen.byComing = witness.pictureBackAt(comes, stays, from) ?? Number.NaN;
    seen.byStaying = witness.newPictureAt(stays, comes, from) ?? Number.NaN;
    return seen.byComing && seen.byStaying ? '' : 'Not both pictures are there yet';
  });
  return Math.max(seen.byComing, seen.byStaying) - from;
}
