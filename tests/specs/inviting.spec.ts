import type { Page } from '@playwright/test';
import { readCode } from '../fixtures/read-code.ts';
import { expect, test } from '../fixtures/test.ts';

const QR = { name: 'QR code of the invitation link' };

test('whoever makes a meeting hands its link over by QR code, in the green room, alone and from the People panel', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  const { page } = alice;
  const link = await alice.makesMeeting(server.url);
  await page.getByRole('button', { name: 'Invite others' }).click();
  await showsCode(page, link);

  await page.emulateMedia({ colorScheme: 'dark' });
  await alice.entersFromGreenRoom();
  await showsCode(page, link);
  await expect(page.getByText('This link works on this computer only')).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  await alice.control('People').click();
  await showsCode(page, link);
  await page.getByRole('button', { name: 'Hide QR code' }).click();
  await expect(page.getByRole('img', QR)).toHaveCount(0);

  const bob = await arrive('Bob', { browser: 'firefox' });
  await bob.page.goto(link);
  await expect(bob.joinButton).toBeVisible();
  await expect(bob.page.getByRole('button', { name: 'Invite others' })).toHaveCount(0);
  await bob.entersFromGreenRoom();
  await bob.control('People').click();
  await bob.page.getByRole('button', { name: 'QR code', exact: true }).click();
  // Not read off the screen: taking its picture, Playwright adds a style to Firefox's page that policies forbid.
  await expect(bob.page.getByRole('img', QR)).toBeVisible();
});

test('where the system has a share sheet, it gets the link, and closing it is no fault', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Alice');
  const { page } = alice;
  await page.addInitScript(() => {
    const shared: ShareData[] = [];
    Object.assign(window, { shared });
    const names = ['', 'AbortError', 'NotAllowedError'];
    navigator.share = (data: ShareData) => {
      const name = names[shared.push(data) - 1];
      return name ? Promise.reject(new DOMException('Not shared', name)) : Promise.resolve();
    };
  });
  await alice.joins(meeting);
  const share = page.getByRole('button', { name: 'Share', exact: true });
  await share.click();
  await share.click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await share.click();
  await expect(page.getByRole('alert')).toContainText('could not share the link');
  const shared = await page.evaluate(() => (window as unknown as { shared: ShareData[] }).shared);
  expect(shared.map(({ url }) => url)).toEqual([meeting, meeting, meeting]);
});

test('a link that lost its secret is not followed from the start page, which says what is missing', async ({
  arrive,
  meeting,
  server,
}) => {
  const alice = await arrive('Alice');
  const { page } = alice;
  await page.goto(server.url);
  const field = page.getByRole('textbox', { name: 'Meeting link or code' });
  for (const cut of [meeting.replace(/#.*/, ''), meeting.slice(0, -3)]) {
    await field.fill(cut);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('The secret part after the # is missing');
    expect(new URL(page.url()).pathname).toBe('/');
  }
  await field.fill(meeting);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(alice.joinButton).toBeVisible();
});

/** Opens the code if need be, and reads what is drawn. */
async function showsCode(page: Page, link: string): Promise<void> {
  await page.getByRole('button', { name: 'QR code', exact: true }).click();
  const drawn = page.getByRole('img', QR);
  await drawn.scrollIntoViewIfNeeded();
  await expect(drawn).toBeVisible();
  expect(await readCode(drawn)).toBe(link);
}
