import type { Participant } from '../fixtures/participant.ts';
import { expect, test } from '../fixtures/test.ts';

test('R70 R71 R72 people knock, hosts are told and let them in or send them away, and whoever waits keeps the place through a reload', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  const link = await alice.makesMeeting(server.url);
  await alice.entersFromGreenRoom();
  await alice.control('More').click();
  await alice.page.getByRole('button', { name: 'Meeting settings' }).click();
  const dialog = alice.page.getByRole('dialog', { name: 'Meeting settings' });
  const waitingRoom = dialog.getByRole('switch', { name: 'Waiting room' });
  await waitingRoom.click();
  await expect(waitingRoom).toBeChecked();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await alice.control('More').click();

  const [bob, carol, dan] = [await arrive('Bob'), await arrive('Carol'), await arrive('Dan')];
  await asksToJoin(bob, link);
  await isAt(bob, 'You are next.');
  await alice.isTold('Bob asks to join.');
  await asksToJoin(carol, link);
  await isAt(carol, 'You are number 2 in the queue.');
  await expect(alice.control('People')).toHaveAccessibleDescription('2 to answer');
  await alice.page.getByRole('button', { name: 'Show' }).click();
  const queue = alice.page.getByRole('region', { name: 'Waiting room' });
  await expect(queue.getByRole('listitem')).toHaveText([/Bob/, /Carol/]);

  await queue.getByRole('button', { name: 'Write to Carol' }).click();
  await queue.getByRole('textbox', { name: 'Message to Carol' }).fill('One moment, please.');
  await alice.page.keyboard.press('Enter');
  await expect(carol.page.getByRole('log')).toContainText('Alice');
  await expect(carol.page.getByRole('log')).toContainText('One moment, please.');
  await expect(bob.page.getByText('One moment, please.')).toHaveCount(0);

  await queue.getByRole('button', { name: 'Deny Bob' }).click();
  await expect(bob.page.getByRole('heading', { name: 'You were not let in' })).toBeVisible();
  await isAt(carol, 'You are next.');
  await carol.page.reload();
  await isAt(carol, 'You are next.');
  await expect(queue.getByRole('listitem')).toHaveText([/Carol/]);
  await queue.getByRole('button', { name: 'Admit Carol' }).click();
  await carol.isInMeeting();
  await carol.seesAndHears(alice);
  await carol.reloads();

  await bob.page.getByRole('button', { name: 'Ask again' }).click();
  await bob.page.getByRole('button', { name: 'Ask to join' }).click();
  await asksToJoin(dan, link);
  await isAt(dan, 'You are number 2 in the queue.');
  await queue.getByRole('button', { name: 'Admit all' }).click();
  await bob.isInMeeting();
  await dan.isInMeeting();
  await alice.sees(bob);
  await dan.sees(carol);
  await expect(queue.getByText('Nobody is waiting.')).toBeVisible();

  await dan.leaves();
  await dan.page.getByRole('button', { name: 'Rejoin' }).click();
  await isAt(dan, 'You are next.');
  await dan.page.getByRole('button', { name: 'Stop waiting' }).click();
  await expect(dan.page.getByRole('button', { name: 'Ask to join' })).toBeVisible();
  await expect(queue.getByRole('listitem')).toHaveCount(0);
});

async function asksToJoin(person: Participant, link: string): Promise<void> {
  await person.page.goto(link);
  await person.page.getByRole('textbox', { name: 'Your name' }).fill(person.name);
  await person.page.getByRole('button', { name: 'Ask to join' }).click();
}

async function isAt(person: Participant, place: string): Promise<void> {
  await expect(person.page.getByRole('heading', { name: 'Waiting to be let in' })).toBeVisible();
  await expect(person.page.getByRole('status').filter({ hasText: place })).toBeVisible();
}
