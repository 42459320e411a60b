import type { Browser, Page } from 'playwright-core';
import { Paths } from '../../tests/faults/paths.ts';
import { Witness } from '../../tests/faults/witness.ts';
import { identities } from '../../tests/fixtures/identity.ts';
import { until } from '../../tests/fixtures/until.ts';
import { drawDevices } from '../../tests/page/drawn-devices.ts';

export type Person = { name: string; page: Page };

/** Small and slow, so that six people on two cores lose nothing to the processor. */
const CAMERA = { width: 160, height: 90, framesPerSecond: 10 };
const WINDOW = { width: 480, height: 400 };

type Surroundings = {
  paths?: Paths;
  /** Milliseconds between two looks of the witness. */
  interval?: number;
  framesPerSecond?: number;
  isSilent?: boolean;
};

/** Somebody with a camera and a voice of their own, before an empty tab. */
export async function openPerson(
  browser: Browser,
  name: string,
  {
    paths,
    interval,
    framesPerSecond = CAMERA.framesPerSecond,
    isSilent = false,
  }: Surroundings = {},
): Promise<Person> {
  const identity = identities[browser.contexts().length % identities.length];
  const context = await browser.newContext({ viewport: WINDOW, locale: 'en' });
  if (!identity) throw new Error('There is nobody like this.');
  const { colour, pitch } = identity;
  // tsx marks every named function with a call to this, which the pages that functions are sent to do not have.
  await context.addInitScript('globalThis.__name = (named) => named;');
  const size = { ...CAMERA, framesPerSecond };
  await context.addInitScript(drawDevices, { rgb: colour.rgb, pitch, size, isSilent });
  await paths?.divert(name, context);
  await Witness.prepare(context, interval);
  return { name, page: await context.newPage() };
}

/** From following the link to being in the meeting, as fast as a person could. */
export async function enterMeeting({ name, page }: Person, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await page.getByRole('button', { name: 'Join now' }).click();
  await page.getByRole('article', { name: 'You', exact: true }).waitFor();
}

/** Makes a meeting on the start page, where the server cannot be reached from here, and is in it; returns its link. */
export async function makeMeetingInPage({ name, page }: Person, server: string): Promise<string> {
  await page.goto(server);
  await page.getByRole('button', { name: 'New meeting' }).click();
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await page.getByRole('button', { name: 'Join now' }).click();
  await page.getByRole('article', { name: 'You', exact: true }).waitFor();
  return page.url();
}

/** The same with a bare peer connection, for two; see `pages/restart-limit.js`. */
export async function enterLimit(
  { name, page }: Person,
  server: string,
  meeting: string,
): Promise<void> {
  await page.goto(
    `${server}/restart-limit.html?meeting=${meeting}&name=${encodeURIComponent(name)}`,
  );
  await page.evaluate('begin()');
}

/** Restarts ICE of a bare pair now; `moved` has lost its connection to the server and makes a new one first. */
export async function restartLimit(pair: readonly Person[], moved?: Person): Promise<void> {
  await moved?.page.evaluate('restart(true)');
  for (const person of pair) {
    if (person !== moved) await person.page.evaluate('restart(false)');
  }
}

/** Waits until frames of everybody have newly been decoded at everybody else's. */
export async function allSeeOneAnother(
  people: readonly Person[],
  witness: Witness,
  since = Date.now(),
): Promise<void> {
  await until(async () => {
    await witness.gather();
    const lacking = people.flatMap((viewer) =>
      people
        .filter((other) => other !== viewer && witness.pictureBackAt(viewer, other, since) === null)
        .map((other) => `${viewer.name} sees nothing of ${other.name}`),
    );
    return lacking.join(', ');
  }, 120_000);
}

export async function sendHome(people: readonly Person[]): Promise<void> {
  await Promise.all(people.map(({ page }) => page.context().close()));
}

/** Neither the server nor anybody may be shown as being waited for: who still is, as a sentence. */
export async function lacksWhole(people: readonly Person[]): Promise<string> {
  const pages = people.map(async ({ name, page }) => {
    // Not `innerText`, for which six pages would be laid out ten times a second.
    const words = await page.evaluate(() => document.body.textContent);
    return words.includes('Reconnecting') ? `${name} reads of reconnecting` : '';
  });
  return (await Promise.all(pages)).filter((lack) => lack !== '').join(', ');
}
