import { fileURLToPath } from 'node:url';
import { CheckPage } from '../fixtures/check-page.ts';
import { FileSharer } from '../fixtures/files.ts';
import { keepsTo } from '../fixtures/keeps-to-wcag.ts';
import { expect, test } from '../fixtures/test.ts';

test('every screen keeps to WCAG 2.2 AA in light and dark', async ({ arrive, server }) => {
  const alice = await arrive('Alice');
  await alice.page.goto(server.url);
  await expect(alice.page.getByRole('heading', { name: 'Confab' })).toBeVisible();
  await keepsTo(alice.page);

  await alice.page.getByRole('link', { name: 'Check your connection' }).click();
  const check = new CheckPage(alice.page);
  await keepsTo(alice.page);
  await check.runs();
  await alice.page.getByRole('button', { name: 'Play test sound' }).click();
  await keepsTo(alice.page);

  await alice.page.goto(`${server.url}/admin`);
  await expect(alice.page.getByLabel('Admin token')).toBeVisible();
  await keepsTo(alice.page);

  const link = await alice.makesMeeting(server.url);
  await alice.seesPreview();
  await alice.page.getByRole('button', { name: 'Invite others' }).click();
  await alice.page.getByRole('button', { name: 'QR code' }).click();
  await alice.page.getByRole('button', { name: 'Sound and picture' }).click();
  await expect(alice.page.getByRole('switch', { name: 'Blur background' })).toBeVisible();
  await keepsTo(alice.page);

  await alice.entersFromGreenRoom();
  await keepsTo(alice.page);

  const bob = await arrive('Bob');
  await bob.joins(link);
  await alice.sees(bob);
  await bob.turnsOffCamera();
  await bob.mutes();
  await alice.reads('Camera off', { on: bob });
  await bob.control('Share screen').click();
  await alice.control('Layout').click();
  await expect(alice.page.getByRole('radio', { name: 'Automatic' })).toBeFocused();
  await keepsTo(alice.page);
  await keepsTo(bob.page);
  await alice.page.keyboard.press('Escape');
  await alice.control('People').click();
  await expect(alice.page.getByRole('list', { name: 'People' })).toBeVisible();
  await keepsTo(alice.page);
  const chat = new FileSharer(alice);
  await chat.opens();
  await keepsTo(alice.page);
  await chat.attaches(fileURLToPath(new URL('../../docs/meeting.png', import.meta.url)));
  await expect(chat.log.getByRole('img', { name: 'Picture: meeting.png' })).toBeVisible();
  await alice.page.getByRole('button', { name: 'Emoji' }).click();
  await expect(alice.page.getByRole('searchbox', { name: 'Search emoji' })).toBeVisible();
  await keepsTo(alice.page);
  await alice.page.keyboard.press('Escape');
  await chat.says('Where does https://example.org lead?');
  await chat.message('Where').getByRole('button', { name: 'Actions for message' }).click();
  await alice.page.getByRole('button', { name: 'Chat options' }).click();
  await keepsTo(alice.page);

  await alice.control('Raise hand').click();
  await alice.control('React').click();
  await alice.page.getByRole('button', { name: 'React with 👏' }).click();
  await alice.reads('Hand raised', { on: alice });
  await keepsTo(alice.page);
  await alice.page.keyboard.press('Escape');
  await alice.page.keyboard.press('?');
  await expect(alice.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await keepsTo(alice.page);
  await alice.page.keyboard.press('Escape');

  await alice.leaves();
  await keepsTo(alice.page);
});

test('what goes wrong is told in keeping with WCAG 2.2 AA in light and dark', async ({
  arrive,
  meeting,
}) => {
  const bob = await arrive('Bob', { devices: 'refused' });
  const { page } = bob;
  await page.goto(meeting.replace(/\/m\/.{22}/, '/m/AAAAAAAAAAAAAAAAAAAAAA'));
  await expect(page.getByText('There is no such meeting')).toBeVisible();
  await keepsTo(page);

  await page.goto(meeting.replace(/#.*/, ''));
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await keepsTo(page);

  await page.goto(meeting);
  await expect(page.getByText('Your camera is not allowed here')).toBeVisible();
  await bob.joinButton.click();
  await expect(page.getByText('Enter the name that the others should see')).toBeVisible();
  await keepsTo(page);

  await bob.entersFromGreenRoom();
  await bob.control('Turn on camera').click();
  await expect(page.getByRole('alert')).toContainText('Your camera is not allowed here');
  await keepsTo(page);

  await bob.control('More').click();
  await expect(page.getByRole('heading', { name: 'Devices and shortcuts' })).toBeVisible();
  await keepsTo(page);

  await page.getByRole('button', { name: 'Sealed end to end' }).click();
  await expect(page.getByText('Nothing had to be refused')).toBeVisible();
  await keepsTo(page);
});
