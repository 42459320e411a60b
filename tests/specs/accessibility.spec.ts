import { fileURLToPath } from 'node:url';
import { BoardUser } from '../fixtures/board.ts';
import { CheckPage } from '../fixtures/check-page.ts';
import { comingSchedule } from '../fixtures/coming-schedule.ts';
import { FileSharer } from '../fixtures/files.ts';
import { keepsTo, violations } from '../fixtures/keeps-to-wcag.ts';
import { MeetingRecorder } from '../fixtures/recorder.ts';
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

test('what hosts arrange keeps to WCAG 2.2 AA in light and dark', async ({ arrive, server }) => {
  test.setTimeout(240_000);
  const alice = await arrive('Alice');
  const { page } = alice;
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Schedule for later' }).click();
  await page.getByLabel('Repeats').selectOption('weekly');
  await page.getByLabel('Begins').fill('2020-01-01T10:00');
  await page.getByRole('button', { name: 'Make meeting' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await keepsTo(page);
  await page.getByLabel('Begins').fill(comingSchedule(3_600));
  await page.getByRole('button', { name: 'Make meeting' }).click();
  const link = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await keepsTo(page);

  const bob = await arrive('Bob');
  await bob.page.goto(link);
  await expect(bob.page.getByRole('timer')).toBeVisible();
  await keepsTo(bob.page);

  await page.getByRole('button', { name: 'Open it' }).click();
  await alice.entersFromGreenRoom();
  await alice.control('More').click();
  await page.getByRole('button', { name: 'Meeting settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Meeting settings' });
  await dialog.getByRole('button', { name: 'Invitations' }).click();
  await dialog.getByRole('button', { name: 'New invitation' }).click();
  await dialog.getByLabel('For whom').fill('Carol');
  await dialog.getByRole('button', { name: 'Make invitation' }).click();
  await expect(dialog.getByRole('button', { name: 'Revoke Carol' })).toBeVisible();
  await dialog.getByRole('button', { name: 'New invitation' }).click();
  await dialog.getByLabel('Until').fill('2020-01-01T10:00');
  await dialog.getByRole('button', { name: 'Make invitation' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await keepsTo(page);
  await dialog.getByRole('button', { name: 'Schedule', exact: true }).click();
  await expect(dialog.getByText(/^Next: /)).toBeVisible();
  await keepsTo(page);
  await dialog.getByRole('button', { name: 'Change' }).click();
  await expect(dialog.getByLabel('Begins')).toBeVisible();
  await keepsTo(page);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'End schedule' }).click();
  await expect(dialog.getByText('The schedule is ended.')).toBeVisible();
  await dialog.getByRole('switch', { name: 'Waiting room' }).click();
  await expect(dialog.getByRole('switch', { name: 'Waiting room' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Close' }).click();

  await bob.page.reload();
  await bob.page.getByRole('textbox', { name: 'Your name' }).fill(bob.name);
  await bob.page.getByRole('button', { name: 'Ask to join' }).click();
  await expect(bob.page.getByRole('heading', { name: 'Waiting to be let in' })).toBeVisible();
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('button', { name: 'Write to Bob' }).click();
  await keepsTo(page);
  await page.getByRole('textbox', { name: 'Message to Bob' }).fill('One moment, please.');
  await page.keyboard.press('Enter');
  await expect(bob.page.getByRole('log')).toContainText('One moment, please.');
  await keepsTo(bob.page);

  await page.getByRole('button', { name: 'Admit Bob' }).click();
  await bob.isInMeeting();
  await page.getByRole('button', { name: 'Actions for Bob' }).click();
  const remove = page.getByRole('menuitem', { name: 'Remove from meeting' });
  await expect(remove).toBeVisible();
  await keepsTo(page);
  await remove.click();
  await expect(page.getByRole('button', { name: 'Allow Bob back' })).toBeVisible();
  await keepsTo(page);
  await expect(bob.page.getByText('You are not let into this meeting')).toBeVisible();
  await keepsTo(bob.page);

  const second = await alice.opensAnotherTab();
  await second.page.goto(link);
  const move = second.page.getByRole('button', { name: 'Move the meeting here' });
  await expect(move).toBeVisible();
  await keepsTo(second.page);
  await move.click();
  await second.isInMeeting();
  await expect(page.getByRole('button', { name: 'Bring it back here' })).toBeVisible();
  await keepsTo(page);
});

test('what is recorded, drawn and floats above keeps to WCAG 2.2 AA in light and dark', async ({
  join,
  server,
}) => {
  test.setTimeout(240_000);
  const [alice, bob] = [await join('Alice'), await join('Bob')];
  const { page } = alice;
  await alice.sees(bob);
  await alice.control('More').click();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Start recording' })).toBeVisible();
  await keepsTo(page);
  await alice.control('More').click();
  const recorder = new MeetingRecorder(alice);
  await recorder.begins();
  await expect(new MeetingRecorder(bob).questionOf(alice)).toBeVisible();
  await keepsTo(bob.page);
  await keepsTo(page);
  await recorder.stops();
  await keepsTo(page);

  const board = new BoardUser(alice);
  await board.opens();
  await board.writes('Sticky note', [200, 120], 'Agenda');
  await board.lists();
  await expect(board.objects).toHaveCount(1);
  await keepsTo(page);
  await board.turnsTo('Notes');
  await expect(board.notes).toBeVisible();
  await keepsTo(page);

  await alice.control('Layout').click();
  const opening = page.context().waitForEvent('page');
  await page.getByRole('button', { name: 'Picture in picture' }).click();
  const small = await opening;
  await expect(small.getByRole('article', { name: 'Bob' })).toBeVisible();
  expect(await violations(small)).toEqual([]);
  await small.close();

  await page.goto(server.url);
  await expect(page.getByRole('region', { name: 'Recordings in this browser' })).toBeVisible();
  await keepsTo(page);
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
  await expect(page.getByRole('heading', { name: 'More', exact: true })).toBeVisible();
  await keepsTo(page);

  await page.getByRole('button', { name: 'Sealed end to end' }).click();
  await expect(page.getByText('Nothing had to be refused')).toBeVisible();
  await keepsTo(page);
});
