import type { Locator, Page } from '@playwright/test';
import type { Onlooker } from '../fixtures/onlooker.ts';
import {
  LAPTOP,
  liesWell,
  PHONE,
  PHONE_AT_TWICE,
  PHONE_ON_ITS_SIDE,
  TWICE_THE_SIZE,
} from '../fixtures/lies-well.ts';
import type { Participant } from '../fixtures/participant.ts';
import { areaOf, Screens } from '../fixtures/screens.ts';
import { SilentGuests } from '../fixtures/silent-guests.ts';
import { expect, test } from '../fixtures/test.ts';
import { passed, until } from '../fixtures/until.ts';
import { speakSteadily } from '../page/steady-voice.ts';

const guests = new SilentGuests();
test.afterEach(() => guests.leave());

const LONG = 'Wolfeschlegelsteinhausenbergerdorff the Younger of Philadelphia';

test('twelve people fit a laptop and six a phone, at twice the size and beside a screen too, with legible names', async ({
  join,
  meeting,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  await guests.arrive(meeting, ['Chao', 'Dörte', 'Eve', LONG]);
  for (const size of [PHONE_AT_TWICE, PHONE]) {
    await alice.page.setViewportSize(size);
    await liesWell(alice, 6);
  }
  await new Screens(bob).shares();
  await new Screens(alice).sees(bob);
  await liesWell(alice, 7);
  await alice.page.setViewportSize(PHONE_AT_TWICE);
  await liesWell(alice, 7);
  // What has no room is behind More.
  await expect(alice.control('Chat')).toBeHidden();
  await alice.control('More').click();
  for (const name of ['Share screen', 'Raise hand', 'React', 'Chat', 'People', 'Layout', 'Leave'])
    await expect(alice.control(name)).toBeInViewport({ ratio: 1 });
  await alice.control('People').click();
  await alice.page.keyboard.press('Escape');
  await expect(alice.control('More')).toBeFocused();
  await guests.arrive(meeting, ['Gül', 'Hiro', 'Ines', 'Jo', 'Kwame', 'Łucja']);
  for (const size of [LAPTOP, TWICE_THE_SIZE, PHONE, PHONE_ON_ITS_SIDE]) {
    await alice.page.setViewportSize(size);
    await liesWell(alice, 13);
  }
  await new Screens(bob).stops();
  for (const size of [PHONE, TWICE_THE_SIZE, LAPTOP]) {
    await alice.page.setViewportSize(size);
    await liesWell(alice, 12);
  }
});

test('tiles lie as somebody chooses, who is pinned is large, and nobody changes places', async ({
  join,
  meeting,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob', { browser: 'firefox' });
  await guests.arrive(meeting, ['Chao', 'Dörte']);
  await alice.sees(bob);
  const order = ['Bob', 'Chao', 'Dörte', 'You'];
  await until(async () => String(await alice.namesInOrder()).replace(String(order), ''));

  await alice.page.keyboard.press('l');
  const menu = alice.page.getByRole('dialog', { name: 'Layout' });
  await expect(menu.getByRole('radio', { name: 'Automatic' })).toBeFocused();
  await menu.getByRole('radio', { name: 'Speaker' }).check();
  // Bob is the only one who speaks.
  await isLarge(alice, alice.tile(bob));
  await menu.getByRole('switch', { name: 'Hide my picture' }).click();
  await expect(alice.tile(alice)).toHaveCount(0);
  await menu.getByRole('switch', { name: 'Hide my picture' }).click();
  await alice.page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  expect(await alice.namesInOrder()).toEqual(order);

  const chao = alice.grid.getByRole('article', { name: 'Chao' });
  await chao.hover();
  await chao.getByRole('button', { name: 'Pin Chao' }).click();
  await isLarge(alice, chao);
  expect(await alice.namesInOrder()).toEqual(order);
  await chao.getByRole('button', { name: 'Unpin Chao' }).click();
  await isLarge(alice, alice.tile(bob));

  await alice.control('Layout').click();
  await menu.getByRole('radio', { name: 'Grid' }).check();
  await expect(async () => {
    const areas = await Promise.all((await alice.grid.getByRole('article').all()).map(areaOf));
    expect(new Set(areas.map(Math.round)).size).toBe(1);
  }).toPass();
  // The choice is kept for the next time.
  await alice.reloads();
  await alice.page.keyboard.press('l');
  await expect(menu.getByRole('radio', { name: 'Grid' })).toBeChecked();
});

test('R33 all see who speaks; whoever has the floor keeps it while they do, in Firefox too, and the loud are played softer', async ({
  arrive,
  join,
  meeting,
}) => {
  const alice = await join('Alice', { browser: 'firefox' });
  await alice.mutes();
  const speaks = async (name: string, volume: number) => {
    const one = await arrive(name);
    await one.page.addInitScript(speakSteadily, { pitch: one.identity.pitch, volume });
    await one.joins(meeting);
    return one;
  };
  const bob = await speaks('Bob', 0.7);
  const carol = await speaks('Carol', 0.06);
  const all = [alice, bob, carol];
  for (const viewer of all) {
    await expect(viewer.tile(bob)).toHaveClass(/speaking/);
    await expect(viewer.tile(carol)).toHaveClass(/speaking/);
    await expect(viewer.tile(alice)).not.toHaveClass(/speaking/);
  }
  const arePlayedAt = (isWanted: (bobs: number, carols: number) => boolean) =>
    until(async () => {
      const [bobs = NaN, carols = NaN] = await Promise.all([bob, carol].map(volumeFor(alice)));
      return isWanted(bobs, carols) ? '' : `Bob is played at ${bobs} and Carol at ${carols}`;
    });
  await arePlayedAt((bobs, carols) => bobs < 0.5 && carols === 1);
  await alice.control('Layout').click();
  await alice.page.getByRole('switch', { name: 'Even out loudness' }).click();
  await arePlayedAt((bobs, carols) => bobs === 1 && carols === 1);

  await alice.page.getByRole('radio', { name: 'Speaker' }).check();
  await alice.page.keyboard.press('Escape');
  let [first, second] = [bob, carol];
  await until(async () => {
    const [bobs, carols] = await Promise.all([areaOf(alice.tile(bob)), areaOf(alice.tile(carol))]);
    if (carols > bobs) [first, second] = [carol, bob];
    return Math.max(bobs, carols) > 2 * Math.min(bobs, carols) ? '' : 'Alice sees nobody large';
  });
  await first.mutes();
  for (const viewer of all) await expect(viewer.tile(first)).not.toHaveClass(/speaking/);
  await isLarge(alice, alice.tile(second));
  await first.unmutes();
  await expect(alice.tile(first)).toHaveClass(/speaking/);
  // One speaks for so long, and the other does not stop.
  await passed(2_500);
  await isLarge(alice, alice.tile(second));
});

test("somebody's volume is set for oneself alone", async ({ join }) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  await alice.hears(bob);
  const tile = alice.tile(bob);
  await tile.hover();
  await tile.getByRole('button', { name: 'Volume of Bob' }).click();
  const slider = tile.getByRole('slider', { name: 'Volume of Bob' });
  await slider.fill('0');
  await until(async () => {
    const volume = await volumeFor(alice)(bob);
    return volume === 0 ? '' : `Bob is played at ${volume}`;
  });
  await bob.hears(alice);
  await slider.fill('100');
  await alice.hears(bob);
});

test('the meeting goes into a small window above all others, with its buttons, which does not outlast it', async ({
  join,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  await alice.sees(bob);
  const small = await floats(alice);
  const tile = small.getByRole('article', { name: 'Bob' });
  await until(async () => {
    const moments = await tile.locator('video').evaluate(async (video: HTMLVideoElement) => {
      const before = video.currentTime;
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      return [before, video.currentTime];
    });
    return (moments[1] ?? 0) > (moments[0] ?? 0) ? '' : 'Bob stands still in the small window';
  });
  await expect(small.getByRole('article')).toHaveCount(1);
  // What is heard is heard in the page.
  await expect(small.locator('audio')).toHaveCount(0);
  await alice.hears(bob);
  await new Screens(bob).shares();
  await expect(small.getByRole('article', { name: "Bob's screen" })).toBeVisible();
  await small.getByRole('button', { name: 'Mute microphone' }).click();
  await bob.reads('Muted', { on: alice });
  const [window, picture] = [small.viewportSize(), await areaOf(small.getByRole('article'))];
  if (window) expect(picture).toBeGreaterThan((window.width * window.height) / 2);
  await small.close();
  await bob.reads('Muted', { on: alice });
  const again = await floats(alice);
  await again.getByRole('button', { name: 'Leave' }).click();
  await expect(alice.rejoinButton).toBeVisible();
  await bob.losesSightOf(alice);
  await alice.rejoins();
  await alice.sees(bob);
  const last = await floats(alice);
  await alice.leaves();
  for (const gone of [again, last]) await expect.poll(() => gone.isClosed()).toBe(true);
});

/** Puts the meeting into a small window. */
async function floats(person: Participant): Promise<Page> {
  await person.control('Layout').click();
  const opening = person.page.context().waitForEvent('page');
  await person.page.getByRole('button', { name: 'Picture in picture' }).click();
  return opening;
}

function volumeFor(listener: Onlooker): (person: Onlooker) => Promise<number> {
  return (person) =>
    listener
      .tile(person)
      .locator('audio')
      .evaluate(({ volume }: HTMLAudioElement) => volume);
}

async function isLarge({ grid }: Onlooker, tile: Locator): Promise<void> {
  await until(async () => {
    const all = await Promise.all((await grid.getByRole('article').all()).map(areaOf));
    const own = await areaOf(tile);
    const others = all.toSorted((one, other) => other - one).slice(1);
    return own > 2 * (others[0] ?? 0) ? '' : `${own} is not large among ${all.join(', ')}`;
  });
}
