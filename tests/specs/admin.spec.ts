import { keepsTo } from '../fixtures/keeps-to-wcag.ts';
import { makeMeeting, partsOf } from '../fixtures/make-meeting.ts';
import { expect, test } from '../fixtures/test.ts';

const ADMIN_TOKEN = 'Vb7uQe0xLr3mJz9tKp5wNc1yHd6fGs4a';

test('R81 R82 R80 R83 whoever runs the server sees what goes on, tells everybody, and ends a meeting', async ({
  arrive,
  ownServer,
}) => {
  const server = await ownServer({ ADMIN_TOKEN });
  const link = await makeMeeting(server.url);
  const { meetingId } = partsOf(link);
  const [alice, bob] = [await arrive('Alice'), await arrive('Bob')];
  for (const person of [alice, bob]) await person.joins(link);
  await alice.seesAndHears(bob);

  const { page } = await arrive('Olga');
  await page.goto(`${server.url}/admin`);
  const token = page.getByLabel('Admin token');
  await token.fill('not the token');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('not the server');
  await token.fill(ADMIN_TOKEN);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('definition').filter({ hasText: '2' }).first()).toBeVisible();
  const row = page.getByRole('row', { name: meetingId });
  await expect(row.getByRole('cell', { name: '2', exact: true })).toBeVisible();
  for (const word of ['Alice', 'Bob']) await expect(page.getByText(word)).toHaveCount(0);
  await page.reload();
  await expect(row).toBeVisible();
  await keepsTo(page);

  await page.getByLabel('Tell everybody').fill('Back at 18:00 <b>sharp</b>');
  await page.getByRole('button', { name: 'Announce' }).click();
  await expect(page.getByText('Announced.')).toBeVisible();
  for (const { page: theirs } of [alice, bob]) {
    const said = theirs.getByRole('alert').filter({ hasText: 'Back at 18:00 <b>sharp</b>' });
    await expect(said).toBeVisible();
    await said.getByRole('button', { name: 'Dismiss' }).click();
    await expect(said).toHaveCount(0);
    await expect(theirs.getByRole('heading', { level: 1 })).toBeFocused();
  }

  const end = page.getByRole('button', { name: `End meeting ${meetingId}` });
  await end.click();
  await page.getByRole('button', { name: 'Keep' }).click();
  await alice.seesAndHears(bob);
  await end.click();
  await page.getByRole('button', { name: 'End for 2' }).click();
  await expect(page.getByText('Nobody is in a meeting at present.')).toBeVisible();
  for (const { page: theirs } of [alice, bob])
    await expect(theirs.getByRole('heading', { name: 'has ended' })).toBeVisible();
});
