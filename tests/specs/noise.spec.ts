import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';
import { hearNoise } from '../page/noisy-microphone.ts';

test('noise that somebody wants suppressed strongly does not reach the other, a voice does, and nothing is fetched before', async ({
  arrive,
  join,
  meeting,
}) => {
  const alice = await arrive('Alice');
  const { page } = alice;
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.addInitScript(hearNoise);
  await alice.joins(meeting);
  const bob = await join('Bob');
  await bob.sees(alice);
  // Of full scale, root mean square, over a second and a half: longer than a syllable.
  const loudness = async () => {
    const energy = () => bob.page.evaluate(() => window.observer.energyHeard());
    const [before, since] = [await energy(), performance.now()];
    await expect.poll(() => performance.now() - since).toBeGreaterThan(1_500);
    const seconds = (performance.now() - since) / 1_000;
    return Math.sqrt(((await energy()) - before) / seconds);
  };
  const reaches = async (what: string, isWanted: (loud: number) => boolean) => {
    let loud = 0;
    await until(async () => {
      loud = await loudness();
      return isWanted(loud) ? '' : `Bob hears ${what} at ${loud.toFixed(4)}`;
    });
    return loud;
  };
  const isLoud = (loud: number) => loud > 0.1;
  const hiss = await reaches('the hiss', isLoud);
  await alice.sent.areOver();
  const before = alice.sent.count;
  expect(fetched.filter((path) => /noise|worklet/i.test(path))).toEqual([]);

  await alice.control('More').click();
  const strongly = page.getByRole('switch', { name: 'Suppress noise strongly' });
  await strongly.click();
  await expect(strongly).toBeChecked();
  await page.evaluate(() => window.microphoneHears('voice'));
  await reaches('the voice', isLoud);
  await alice.mutes();
  await reaches('the voice', (loud) => loud < 0.001);
  await alice.unmutes();
  await reaches('the voice', isLoud);
  await page.evaluate(() => window.microphoneHears('hiss'));
  await reaches('the hiss', (loud) => loud < hiss / 4);
  await strongly.click();
  await reaches('the hiss', isLoud);
  expect(alice.sent.count).toBe(before);
});
