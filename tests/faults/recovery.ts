import type { Arrival } from '../fixtures/arrivals.ts';
import type { Participant } from '../fixtures/participant.ts';
import { test as base } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';
import type { Path } from './path.ts';
import { Paths } from './paths.ts';
import { ServerWay } from './server-way.ts';
import { freezePage, sleepBrowser, type Wake } from './sleep.ts';
import { Witness } from './witness.ts';

type Options = {
  /** Whether everybody's packets take the paths of this test, so that they can be disturbed. */
  diverted: boolean;
};

type Fixtures = {
  paths: Paths;
  /** Sees whatever everybody sees. */
  witness: Witness;
  /** A way to a server that can be disturbed. */
  wayTo: (server: { url: string }) => Promise<ServerWay>;
  /** Puts somebody's whole browser to sleep; it must be theirs alone. */
  putToSleep: (person: Participant) => Promise<Wake>;
  freeze: (person: Participant) => Promise<Wake>;
  /** People with these names join by this link, one after the other, and all see and hear one another. */
  meet: (link: string, arrivals: Record<string, Arrival>) => Promise<Participant[]>;
};

/** Meetings in which something breaks, with a witness who looks all the time. */
export const test = base.extend<Options & Fixtures>({
  diverted: [false, { option: true }],

  paths: async ({}, use) => {
    const paths = new Paths();
    await use(paths);
    await paths.close();
  },

  witness: async ({}, use) => use(new Witness()),

  arrive: async ({ arrive, diverted, paths, witness }, use) => {
    await use(async (name, arrival) => {
      const person = await arrive(name, arrival);
      const context = person.page.context();
      if (diverted) await paths.divert(name, context);
      await Witness.prepare(context);
      witness.watch(person);
      return person;
    });
  },

  wayTo: async ({}, use) => {
    const ways: ServerWay[] = [];
    await use(async ({ url }) => {
      const way = new ServerWay(url);
      ways.push(way);
      await way.listen();
      return way;
    });
    for (const way of ways) way.close();
  },

  // After `arrive`, so that everybody is awake when they are sent home.
  putToSleep: async ({ arrive: _ }, use) => {
    const wakes: Wake[] = [];
    await use(async ({ page }) => {
      const browser = page.context().browser();
      if (!browser) throw new Error('This page belongs to no browser.');
      const wake = await sleepBrowser(browser);
      wakes.push(wake);
      return wake;
    });
    for (const wake of wakes) await wake();
  },

  freeze: async ({ arrive: _ }, use) => {
    await use(({ page }) => freezePage(page));
  },

  meet: async ({ arrive }, use) => {
    await use(async (link, arrivals) => {
      const people: Participant[] = [];
      for (const [name, arrival] of Object.entries(arrivals)) {
        const person = await arrive(name, arrival);
        await person.joins(link);
        people.push(person);
      }
      await allSeeAndHear(people);
      return people;
    });
  },
});

/** For people whose cameras need not be good: several of them share a browser, and on two cores nothing is lost to drawing and encoding. */
export const SMALL = {
  devices: 'drawn',
  size: { width: 160, height: 90, framesPerSecond: 10 },
} as const;

/**
 * In milliseconds: every fault of these tests lasts longer, and a busy machine alone makes no gap like it. Whoever received something within
 * it was not cut off; how long gaps really are is what `npm run bench -- recovery` says.
 */
export const CUT_OFF = 5_000;

/** Everybody looks and listens at the same time: one after the other, thirty pairs take minutes. */
export async function allSeeAndHear(people: Participant[]): Promise<void> {
  await Promise.all(
    people.map(async (person) => {
      const others = people.filter((other) => other !== person);
      await person.seesOnly(...others);
      await person.seesAndHears(...others);
    }),
  );
}

/** All addresses of a pair lead nowhere from now on; waits until picture and sound flow between fresh ones. */
export async function loseAddresses(path: Path): Promise<void> {
  await path.renew();
  const before = path.passed;
  await until(() => {
    const packets = path.passed - before;
    return packets > SURELY_MEDIA ? '' : `Only ${packets} packets flow between fresh addresses`;
  });
}

/** Far more packets than finding each other takes. */
const SURELY_MEDIA = 100;

export { expect } from '../fixtures/test.ts';
