import { launchChromium } from '../../tests/browsers/launch-chromium.ts';
import { Witness } from '../../tests/faults/witness.ts';
import { deviceFiles } from '../../tests/fixtures/device-files.ts';
import { identities } from '../../tests/fixtures/identity.ts';
import { makeMeeting } from '../../tests/fixtures/make-meeting.ts';
import { SignalingServer } from '../../tests/fixtures/signaling-server.ts';
import { passed } from '../../tests/fixtures/until.ts';
import { drawScreen } from '../../tests/page/drawn-screen.ts';
import { plugInSecondDevices } from '../../tests/page/second-devices.ts';
import { figureOfRounds, type Figure } from '../figures.ts';
import {
  allSeeOneAnother,
  enterMeeting,
  openPerson,
  sendHome,
  type Person,
} from '../recovery/people.ts';

/** Wide enough that every control is a button of its own. */
const WINDOW = { width: 960, height: 600 };
const SCREEN = { rgb: [200, 30, 30] as [number, number, number], pitch: 900 };
const INTERVAL_MS = 50;
/** As long as what is done lasts, and what it could have broken shows. */
const AFTER_MS = 2_500;
/** Nobody takes less for a freeze. */
const FREEZE_MS = 300;

type Act = {
  name: string;
  /** The camera of whoever acts stops, or is another one: of their own picture nothing is asked. */
  hasOtherPicture?: boolean;
  by: (person: Person) => Promise<void>;
};

const ACTS: Act[] = [
  { name: 'mutes', by: (ada) => press(ada, 'Mute microphone') },
  { name: 'unmutes', by: (ada) => press(ada, 'Unmute microphone') },
  { name: 'chooses another microphone', by: (ada) => choose(ada, 'Microphone') },
  {
    name: 'turns the camera off',
    hasOtherPicture: true,
    by: (ada) => press(ada, 'Turn off camera'),
  },
  { name: 'turns the camera on', hasOtherPicture: true, by: (ada) => press(ada, 'Turn on camera') },
  { name: 'chooses another camera', hasOtherPicture: true, by: (ada) => choose(ada, 'Camera') },
  { name: 'shares a screen', by: (ada) => press(ada, 'Share screen') },
  { name: 'stops sharing', by: (ada) => press(ada, 'Stop sharing') },
];

/** Three people, one of whom uses every control: for how long anybody's picture, that has nothing to do with it, stands still meanwhile. */
export async function untouchedFigures(rounds: number): Promise<Figure[]> {
  const freezes = new Map(ACTS.map(({ name }) => [name, [] as number[]]));
  const calm: number[] = [];
  const server = new SignalingServer();
  await server.start();
  const [identity, , , second] = identities;
  if (!identity || !second) throw new Error('There is nobody.');
  const browser = await launchChromium(deviceFiles(identity));
  try {
    for (let round = 0; round < rounds; round++) {
      const witness = new Witness();
      const people: Person[] = [];
      const link = await makeMeeting(server.url);
      for (const name of ['Ada', 'Bruno', 'Cy']) {
        const person = await openPerson(browser, name, { interval: INTERVAL_MS });
        await person.page.setViewportSize(WINDOW);
        if (name === 'Ada') {
          const { rgb } = second.colour;
          await person.page.addInitScript(drawScreen, SCREEN);
          await person.page.addInitScript(plugInSecondDevices, { rgb, pitch: second.pitch });
        }
        witness.watch(person);
        people.push(person);
        await enterMeeting(person, link);
      }
      await allSeeOneAnother(people, witness);
      const [ada] = people;
      if (!ada) throw new Error('Nobody came.');
      calm.push(await longestFreezeDuring(witness, people, () => Promise.resolve()));
      for (const { name, hasOtherPicture, by } of ACTS) {
        const seen = hasOtherPicture ? people.filter((person) => person !== ada) : people;
        const freeze = await longestFreezeDuring(witness, seen, () => by(ada), people);
        freezes.get(name)?.push(freeze);
      }
      await sendHome(people);
      process.stderr.write('.');
    }
  } finally {
    await browser.close();
    await server.remove();
  }
  return [...freezes].map(([name, measured]) =>
    figureOfRounds(
      {
        name: `Somebody ${name}: longest freeze of anybody's picture`,
        unit: 'ms',
        limitIs: '300 ms, or theirs in as long with nothing done',
        aim: { ratio: 1, better: 'lower' },
      },
      // Two busy cores freeze pictures by themselves: a click is not to blame for that.
      { measured, limit: calm.map((ms) => Math.max(ms, FREEZE_MS)) },
    ),
  );
}

/** Of the pictures of `seen`, as everybody of `viewers` has them. */
async function longestFreezeDuring(
  witness: Witness,
  seen: readonly Person[],
  act: () => Promise<void>,
  viewers = seen,
): Promise<number> {
  const from = Date.now();
  await act();
  await passed(AFTER_MS);
  const span = { from, to: Date.now() };
  await witness.gather();
  const pairs = viewers.flatMap((viewer) =>
    seen.filter((other) => other !== viewer).map((other) => [viewer, other] as const),
  );
  return Math.max(...pairs.map(([viewer, of]) => witness.standstill(viewer, of, span)));
}

async function press({ page }: Person, name: string): Promise<void> {
  await control(page, name).click();
}

async function choose({ page }: Person, kind: 'Camera' | 'Microphone'): Promise<void> {
  await control(page, 'More').click();
  const devices = page.getByRole('combobox', { name: kind, exact: true });
  await devices.selectOption(`Second ${kind.toLowerCase()}`);
  await control(page, 'More').click();
}

function control(page: Person['page'], name: string) {
  return page
    .getByRole('toolbar', { name: 'Meeting controls' })
    .getByRole('button', { name, exact: true });
}
