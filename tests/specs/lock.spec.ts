import { expect, test } from '../fixtures/test.ts';

test('R48 a host locks the meeting: who is in stays, nobody new comes in, until it is opened', async ({
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
});
