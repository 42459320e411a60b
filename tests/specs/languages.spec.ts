import { expect, test } from '../fixtures/test.ts';

test('somebody whose browser speaks Arabic meets somebody in English, chooses German in the meeting, and it stays', async ({
  arrive,
  join,
  meeting,
  server,
}) => {
  const bob = await join('Bob');
  const huda = await arrive('Huda', { language: 'ar' });
  const { page } = huda;
  const root = page.locator('html');
  await page.goto(server.url);
  await expect(page.getByRole('button', { name: 'اجتماع جديد' })).toBeVisible();
  await expect(root).toHaveAttribute('lang', 'ar');
  await expect(root).toHaveAttribute('dir', 'rtl');

  await page.goto(meeting);
  await page.getByRole('textbox', { name: 'اسمك' }).fill('Huda');
  await page.getByRole('button', { name: 'انضمام الآن' }).click();
  await bob.seesAndHears(huda);
  const picture = page.getByRole('article', { name: 'Bob', exact: true }).locator('video');
  const drawn = () =>
    picture.evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
  await expect.poll(drawn).toBeGreaterThan(20);
  await picture.evaluate((video) => video.setAttribute('data-before', ''));
  const before = await drawn();

  await page.getByRole('button', { name: 'المزيد' }).click();
  await page.getByRole('combobox', { name: 'اللغة' }).selectOption('Deutsch');
  await expect(page.getByRole('button', { name: 'Verlassen' })).toBeVisible();
  await expect(root).toHaveAttribute('lang', 'de');
  await expect(root).toHaveAttribute('dir', 'ltr');
  await expect(picture).toHaveAttribute('data-before', '');
  await expect.poll(drawn).toBeGreaterThan(before + 20);
  await bob.seesAndHears(huda);
  await bob.seesOnly(huda);
  await expect(bob.page.locator('html')).toHaveAttribute('lang', 'en');

  await page.reload();
  await expect(page.getByRole('button', { name: 'Verlassen' })).toBeVisible();
  await expect(root).toHaveAttribute('lang', 'de');
  await bob.seesAndHears(huda);
});
