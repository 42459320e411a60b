import { expect, test } from '../fixtures/test.ts';

test('R48 R73 a host locks the meeting: who is in stays, nobody new comes in, until it is opened, and then with a passcode', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  const link = await alice.makesMeeting(server.url);
  await alice.entersFromGreenRoom();
  const bob = await arrive('Bob');
  await bob.joins(link);
  await alice.seesAndHears(bob);

  await alice.control('More').click();
  await alice.page.getByRole('button', { name: 'Meeting settings' }).click();
  const dialog = alice.page.getByRole('dialog', { name: 'Meeting settings' });
  const lock = dialog.getByRole('switch', { name: 'Lock meeting' });
  await expect(lock).not.toBeChecked();
  await lock.click();
  await expect(lock).toBeChecked();
  await bob.isTold('The meeting is locked. Nobody new comes in.');
  await bob.control('More').click();
  await expect(bob.page.getByRole('complementary')).toBeVisible();
  await expect(bob.page.getByRole('button', { name: 'Meeting settings' })).toHaveCount(0);

  const carol = await arrive('Carol');
  await carol.page.goto(link);
  await expect(carol.page.getByText('This meeting is locked')).toBeVisible();
  await bob.page.reload();
  await bob.isInMeeting();
  await alice.seesAndHears(bob);
  await alice.seesOnly(bob);

  await lock.click();
  await expect(lock).not.toBeChecked();
  await carol.page.getByRole('button', { name: 'Try again' }).click();
  await carol.entersFromGreenRoom();
  await carol.seesAndHears(alice);

  const passcode = dialog.getByRole('textbox', { name: 'Passcode' });
  await passcode.fill('abc');
  await passcode.press('Enter');
  await expect(dialog.getByText('At least 4 characters, please.')).toBeVisible();
  await passcode.fill('open sesame');
  await dialog.getByRole('button', { name: 'Set' }).click();
  await expect(dialog.getByRole('button', { name: 'Remove' })).toBeVisible();
  const dan = await arrive('Dan');
  await dan.page.goto(link);
  const asked = dan.page.getByRole('textbox', { name: 'Passcode' });
  await asked.fill('open barley');
  await dan.asksToEnter();
  await expect(dan.page.getByText('That is not the passcode of this meeting.')).toBeVisible();
  await asked.fill('open sesame');
  await dan.entersFromGreenRoom();
  await dan.sees(carol);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(dialog.getByText('None is asked for.')).toBeVisible();
  const eve = await arrive('Eve');
  await eve.page.goto(link);
  await expect(eve.joinButton).toBeVisible();
  await expect(eve.page.getByRole('textbox', { name: 'Passcode' })).toHaveCount(0);
});
