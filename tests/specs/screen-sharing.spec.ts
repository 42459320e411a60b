import { areaOf, Screens } from '../fixtures/screens.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';

test('R55 a screen and its sound come to the others without a signal, take the stage, and go again', async ({
  join,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  const [alices, bobs] = [new Screens(alice), new Screens(bob)];
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
  await alice.sent.areOver();
  await bob.sent.areOver();
  const before = alice.sent.count + bob.sent.count;

  await alices.shares();
  await bob.isTold('Alice shares a screen.');
  await bobs.sees(alice);
  await bobs.hears(alice);
  const [screen, face] = [await areaOf(bobs.tile(alice)), await areaOf(bob.tile(alice))];
  expect(screen).toBeGreaterThan(3 * face);
  // One's own is before one's eyes already.
  expect(await areaOf(alices.tile(alice))).toBeLessThan((await areaOf(alice.tile(bob))) / 3);
  await bob.sees(alice);
  await alice.sees(bob);

  await alices.stopsFromTheBar();
  await bobs.seesNoneOf(alice);
  await bobs.hearsNothingFrom(alice);
  await bob.isTold('Alice no longer shares a screen.');

  await alice.page.keyboard.press('s');
  await bobs.sees(alice);
  await alice.page.getByRole('radio', { name: 'Motion' }).check();
  await bobs.sees(alice);
  await alices.stops();
  await bobs.seesNoneOf(alice);
  expect(alice.sent.count + bob.sent.count).toBe(before);
});

test('R55 Chromium and Firefox share at the same time, and whoever comes later sees both', async ({
  join,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob', { browser: 'firefox' });
  const [alices, bobs] = [new Screens(alice), new Screens(bob)];
  await alices.shares();
  await bobs.shares();
  await bobs.sees(alice);
  await alices.sees(bob);
  const carol = await join('Carol');
  const carols = new Screens(carol);
  await carols.sees(alice);
  await carols.sees(bob);
  await carol.seesAndHears(alice, bob);
  // A page that is loaded anew has no screen any more.
  await bob.reloads();
  await carols.seesNoneOf(bob);
  await carols.sees(alice);
});

test('R55 a screen as the browser captures it arrives', async ({ join }) => {
  const alice = await join('Alice', { screen: 'captured' });
  const bob = await join('Bob');
  await new Screens(alice).shares();
  const video = new Screens(bob).tile(alice).locator('video');
  let first: number | null = null;
  await until(async () => {
    const frames = await video.evaluate((element) => {
      const stream = (element as HTMLVideoElement).srcObject as MediaStream;
      const [track] = stream.getVideoTracks();
      return track ? window.observer.framesDecoded(track) : null;
    });
    first ??= frames;
    return (frames ?? 0) > (first ?? 0) ? '' : `Bob has ${frames} frames of Alice's screen`;
  });
});

test('who thinks better of sharing hears nothing, what does not work is told, and phones are not offered it', async ({
  join,
  arrive,
  meeting,
}) => {
  const alice = await join('Alice');
  const { page } = alice;
  const alert = page.getByRole('alert');
  await page.evaluate(() => (window.screenAnswers = 'fault'));
  await alice.control('Share screen').press('Enter');
  await expect(alert).toContainText('Your screen could not be shared');
  await alert.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(alice.control('Share screen')).toBeFocused();
  await page.evaluate(() => (window.screenAnswers = 'no'));
  await alice.control('Share screen').press('Enter');
  await page.evaluate(() => (window.screenAnswers = 'yes'));
  await alice.control('Share screen').press('Enter');
  await expect(alice.control('Stop sharing')).toBeFocused();
  await expect(alert).toHaveCount(0);

  const phone = await arrive('Bob');
  await phone.page.addInitScript(() => {
    Object.defineProperty(MediaDevices.prototype, 'getDisplayMedia', { value: undefined });
    Reflect.deleteProperty(navigator.mediaDevices, 'getDisplayMedia');
  });
  await phone.joins(meeting);
  await expect(phone.control('Leave')).toBeVisible();
  await expect(phone.control('Share screen')).toHaveCount(0);
});
