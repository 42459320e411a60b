import { comingSchedule } from '../fixtures/coming-schedule.ts';
import { expect, test } from '../fixtures/test.ts';
import type { Participant } from '../fixtures/participant.ts';

test('R105 R106 a host invites another host and takes an invitation back; the one in Firefox gets in as a host, and the other is told', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  const link = await alice.makesMeeting(server.url);
  await alice.entersFromGreenRoom();
  await opensInvitations(alice);
  const forBob = await invites(alice, 'Bob', 'Host');
  const forMallory = await invites(alice, 'Mallory', 'Guest');
  expect([forBob.split('.')[0], forMallory.split('.')[0]]).toEqual([
    link.split('.')[0],
    link.split('.')[0],
  ]);
  await revokes(alice, 'Mallory');

  const bob = await arrive('Bob', { browser: 'firefox' });
  await bob.joins(forBob);
  // Whoever copies the address hands out the plain link.
  expect(bob.page.url()).toBe(link);
  await alice.sees(bob);
  await opensInvitations(bob);
  const rows = bob.page.getByRole('list', { name: 'Invitations' }).getByRole('listitem');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Host');
  await expect(rows).toContainText('used once');
  await expect(rows.getByRole('button', { name: 'Copy link for Bob' })).toHaveCount(0);
  await bob.page.keyboard.press('Escape');
  await bob.control('People').click();
  await isListedAs(bob, 'Bob', 'Host');

  const mallory = await arrive('Mallory');
  await mallory.page.goto(forMallory);
  await mallory.asksToEnter();
  await expect(
    mallory.page.getByRole('heading', { name: 'Your invitation does not count any more' }),
  ).toBeVisible();
  await mallory.page.getByRole('button', { name: 'Join without it' }).click();
  await mallory.entersFromGreenRoom();
  await bob.sees(mallory);
  await isListedAs(bob, 'Mallory', 'Connected');

  // Made a host here, she sees what hosts see, whatever her token says.
  await bob.page.getByRole('button', { name: 'Actions for Mallory' }).click();
  await bob.page.getByRole('menuitem', { name: 'Make host', exact: true }).click();
  await mallory.isTold('You are a host now.');
  await opensInvitations(mallory);
  await expect(mallory.page.getByRole('button', { name: 'Revoke Bob' })).toBeVisible();
});

test('R107 R108 a host sets when the meeting takes place; who comes before is told when, and is in the green room by then without touching anything', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  const link = await alice.makesMeeting(server.url);
  await alice.entersFromGreenRoom();
  await opensSettings(alice);
  const { page } = alice;
  await page.getByRole('button', { name: 'Schedule', exact: true }).click();
  await page.getByRole('button', { name: 'Set times' }).click();
  // Here already when the times are set: starting a browser may take longer than the meeting takes to open.
  const bob = await arrive('Bob', { browser: 'firefox' });
  await bob.page.goto(server.url);
  await expect(bob.page.getByRole('heading', { name: 'Confab' })).toBeVisible();
  // Its fields are in the browser's time, which is this machine's.
  await page.getByLabel('Begins').fill(comingSchedule(30));
  await page.getByRole('button', { name: 'Save times' }).click();
  await expect(page.getByText('The times are set.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add to calendar' })).toBeVisible();

  await bob.page.goto(link);
  await expect(
    bob.page.getByRole('heading', { name: 'This meeting is not open yet' }),
  ).toBeVisible();
  await expect(bob.page.getByText(/^It opens /)).toBeVisible();
  await expect(bob.joinButton).toBeVisible({ timeout: 60_000 });
  await bob.entersFromGreenRoom();
  await alice.sees(bob);
});

async function opensSettings(host: Participant): Promise<void> {
  await host.control('More').click();
  await host.page.getByRole('button', { name: 'Meeting settings' }).click();
}

async function opensInvitations(host: Participant): Promise<void> {
  await opensSettings(host);
  await host.page.getByRole('button', { name: 'Invitations', exact: true }).click();
}

/** Makes an invitation, and answers its link. */
async function invites({ page }: Participant, name: string, role: string): Promise<string> {
  const shown = page.getByRole('textbox', { name: 'Invitation link' });
  const before = (await shown.isVisible()) ? await shown.inputValue() : '';
  await page.getByRole('button', { name: 'New invitation' }).click();
  await page.getByLabel('For whom').fill(name);
  await page.getByLabel('Comes as').selectOption(role);
  await page.getByRole('button', { name: 'Make invitation' }).click();
  await expect(page.getByRole('button', { name: `Revoke ${name}` })).toBeVisible();
  await expect(shown).not.toHaveValue(before);
  return shown.inputValue();
}

async function revokes({ page }: Participant, name: string): Promise<void> {
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await expect(page.getByRole('button', { name: `Revoke ${name}` })).toHaveCount(0);
}

async function isListedAs(onlooker: Participant, name: string, word: string): Promise<void> {
  const rows = onlooker.page.getByRole('list', { name: 'People' }).getByRole('listitem');
  await expect(rows.filter({ hasText: name })).toContainText(word);
}
