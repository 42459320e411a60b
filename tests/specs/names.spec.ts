import { expect, test } from '../fixtures/test.ts';

test('R20 a name that nobody could read stays in the green room, which says what to do and does not keep it', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Alice');
  const told: string[] = [];
  await alice.page.goto(meeting);
  const field = alice.page.getByRole('textbox', { name: 'Your name' });
  for (const name of ['\u3164', '\u200b', '\u2800', '\u0301', '\u200e']) {
    await field.fill(name);
    await alice.joinButton.click();
    const alert = alice.page.getByRole('alert').filter({ hasText: 'Nobody could read this name' });
    await expect(alert).toBeVisible();
    await expect(field).toBeFocused();
    told.push(await field.inputValue());
    await field.fill('');
    await expect(alert).toHaveCount(0);
  }
  expect(told).toHaveLength(5);
  await alice.page.reload();
  await expect(field).toHaveValue('');
  await alice.entersFromGreenRoom();
});

test('a participant who is called You does not pass for oneself', async ({ join }) => {
  const alice = await join('Alice');
  const you = await join('You');
  const marked = '“You” (name of another person)';
  await expect(alice.grid.getByRole('article', { name: marked, exact: true })).toBeVisible();
  await expect(alice.tile(alice)).toHaveCount(1);
  await alice.isTold(`${marked} joined.`);
  await expect(you.tile(you)).toHaveCount(1);
});
