import { expect, test } from '../fixtures/test.ts';
import type { Locator } from '@playwright/test';
import { until } from '../fixtures/until.ts';
import { sharpestEdge, showStripedRoom } from '../page/striped-room.ts';

/** Of 255: a stripe's edge has twice as much when it is sharp, and a fifth of it when it is blurred. */
const SHARP = 120;

test('a room that somebody wants blurred is seen by nobody, in Firefox neither, and costs no signal to show again', async ({
  arrive,
  join,
  meeting,
}) => {
  const bob = await join('Bob', { browser: 'firefox' });
  const alice = await arrive('Alice');
  const { page } = alice;
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await page.addInitScript(showStripedRoom);
  await page.goto(meeting);
  const preview = page.getByLabel('Camera preview');
  await isSeen(preview, 'sharp');
  expect(fetched.filter((path) => /virtual-background|segmentation/.test(path))).toEqual([]);

  await page.getByRole('button', { name: 'Sound and picture' }).click();
  const blur = page.getByRole('switch', { name: 'Blur background' });
  await blur.click();
  await expect(blur).toBeChecked();
  await isSeen(preview, 'blurred');
  await alice.entersFromGreenRoom();
  const hers = bob.tile(alice).locator('video');
  await isSeen(hers, 'blurred');

  await alice.sent.areOver();
  const before = alice.sent.count;
  await alice.control('More').click();
  await page.getByRole('switch', { name: 'Blur background' }).click();
  await isSeen(hers, 'sharp');
  expect(alice.sent.count).toBe(before);
});

async function isSeen(video: Locator, wanted: 'sharp' | 'blurred'): Promise<void> {
  await until(async () => {
    const edge = (await video.count()) === 0 ? 0 : await video.evaluate(sharpestEdge);
    const isMet = edge > 0 && edge > SHARP === (wanted === 'sharp');
    return isMet ? '' : `The sharpest edge is ${edge} where it should be ${wanted}`;
  }, 60_000);
}
