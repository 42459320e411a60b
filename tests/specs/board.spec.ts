import { SMALL, expect, test } from '../faults/recovery.ts';
import { BoardUser, haveTheSame } from '../fixtures/board.ts';
import { passed } from '../fixtures/until.ts';

test.use({ diverted: true });

const RED: [number, number, number] = [0xc0, 0x36, 0x2c];
const BLUE: [number, number, number] = [0x22, 0x60, 0xc4];
/** For so long at least nothing passes between one and the others; milliseconds. */
const CUT_OFF = 10_000;

test('R95 R97 two draw and write while one of them is cut off for ten seconds: afterwards all have the same board with everything on it, also after a reload', async ({
  meet,
  meeting,
  paths,
}) => {
  test.setTimeout(180_000);
  const [alice, bob, carol] = await meet(meeting, {
    Alice: SMALL,
    Bob: SMALL,
    Carol: { browser: 'firefox', size: SMALL.size },
  });
  if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
  const users = [alice, bob, carol].map((person) => new BoardUser(person));
  const [a, b, c] = users as [BoardUser, BoardUser, BoardUser];
  await a.opens();
  await a.draws([40, 60], [100, 60]);
  // Whoever has not opened it is told that something is there.
  await expect(bob.control('More')).toHaveAccessibleDescription(
    'Others have changed something on the board.',
    { timeout: 30_000 },
  );
  await b.opens();
  await c.opens();
  for (const user of users) await user.lists();
  await haveTheSame(users, 1);
  for (const user of users) await user.lists();

  for (const other of [alice, carol]) paths.between(bob, other).cut();
  const cutAt = Date.now();
  await alice.reads('Reconnecting', { on: bob });
  await a.chooses('Red', 'Thick');
  await a.draws([40, 90], [160, 90]);
  await b.chooses('Pen', 'Blue', 'Thick');
  await b.draws([40, 110], [160, 110]);
  await b.draws([40, 135], [160, 135]);
  expect(await b.pixels(RED)).toBe(0);
  await c.writes('Sticky note', [600, 200], 'from Carol');
  await b.turnsTo('Notes');
  await b.notes.fill('what Bob wrote');
  await c.turnsTo('Notes');
  await c.notes.fill('what Carol wrote');
  await passed(Math.max(0, cutAt + CUT_OFF - Date.now()));
  expect(await a.pixels(BLUE)).toBe(0);
  for (const other of [alice, carol]) paths.between(bob, other).heal();

  await expect(b.notes).toHaveValue(/what Carol wrote/, { timeout: 60_000 });
  for (const user of [b, c]) await expect(user.notes).toHaveValue(/what Bob wrote/);
  for (const user of [b, c]) await user.turnsTo('Whiteboard');
  for (const user of users) await user.lists();
  await haveTheSame(users, 5);
  for (const user of users) {
    await user.lists();
    await user.presses('Show everything');
    await expect.poll(() => user.pixels(RED)).toBeGreaterThan(100);
    await expect.poll(() => user.pixels(BLUE)).toBeGreaterThan(200);
  }

  // One's own alone is undone.
  await a.presses('Undo');
  for (const user of users) {
    await expect.poll(() => user.pixels(RED), { timeout: 30_000 }).toBe(0);
    expect(await user.pixels(BLUE)).toBeGreaterThan(200);
  }

  await bob.reloads();
  await b.opens();
  for (const user of users) await user.lists();
  await haveTheSame(users, 4);
  await expect(b.objects.filter({ hasText: 'from Carol' })).toHaveCount(1);

  // Whoever takes it along has all of it, wherever they look at the moment.
  await a.presses('Zoom in');
  const picture = await a.saves('Save as picture');
  expect(picture.name).toMatch(/^board-.*\.png$/);
  expect(await a.pixelsOfPng(picture.bytes, BLUE)).toBeGreaterThan(200);
  await a.turnsTo('Notes');
  const notes = await a.saves('Save as text');
  expect(notes.name).toMatch(/^notes-.*\.txt$/);
  expect(notes.bytes.toString()).toBe(await a.notes.inputValue());
});
