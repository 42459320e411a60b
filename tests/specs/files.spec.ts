import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { CUT_OFF, SMALL, expect, test } from '../faults/recovery.ts';
import { FileSharer, digestOf } from '../fixtures/files.ts';
import { passed, until } from '../fixtures/until.ts';

test.use({ diverted: true });

/** A file of so many million random bytes. */
async function writeRandom(path: string, millions: number): Promise<string> {
  await writeFile(path, randomBytes(millions * 1_000_000));
  return path;
}

test('R84 R88 R90 files reach Chromium and Firefox as they were, also over a cut; each end can give them up, and the server sees none of it', async ({
  meet,
  meeting,
  paths,
}, info) => {
  const [alice, bob, carol] = await meet(meeting, {
    Alice: SMALL,
    Bob: SMALL,
    Carol: { browser: 'firefox', size: SMALL.size },
  });
  if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
  const [a, b, c] = [new FileSharer(alice), new FileSharer(bob), new FileSharer(carol)];
  for (const sharer of [a, b, c]) await sharer.opens();
  const large = await writeRandom(info.outputPath('quarterly figures.bin'), 20);
  const path = paths.between(alice, bob);

  await a.attaches(large);
  await Promise.all([b, c].map((sharer) => sharer.presses('Accept', 'quarterly figures.bin')));
  await b.hasGot(10, 'quarterly figures.bin');
  path.cut();
  await expect(b.card('quarterly figures.bin')).toContainText('Interrupted.');
  const before = await b.percentOf('quarterly figures.bin');
  await passed(CUT_OFF);
  expect(await b.percentOf('quarterly figures.bin')).toBe(before);
  expect(before).toBeLessThan(100);
  path.heal();
  const wanted = await digestOf(large);
  const save = { name: 'Save', exact: true };
  for (const sharer of [b, c]) {
    const button = sharer.card('quarterly figures.bin').getByRole('button', save);
    await expect(button).toBeVisible({ timeout: 60_000 });
    expect(await sharer.saves('quarterly figures.bin')).toBe(wanted);
  }
  const deliveries = alice.page.getByRole('list', { name: 'Who has quarterly figures.bin' });
  await expect(deliveries.getByRole('listitem')).toHaveText([
    /^(Bob|Carol)\s+has it$/,
    /^(Bob|Carol)\s+has it$/,
  ]);

  // Given up by who gets it, refused, and taken back by who gives it; each is seen at the other end.
  const other = await writeRandom(info.outputPath('other.bin'), 20);
  await a.turnsTo('Bob');
  await a.attaches(other);
  await b.presses('Accept', 'other.bin');
  await b.hasGot(1, 'other.bin');
  await b.presses('Cancel', 'other.bin');
  await expect(a.card('other.bin')).toContainText(/Bob\s*declined/);
  await b.presses('Accept', 'other.bin');
  await b.hasGot(1, 'other.bin');
  await a.presses('Stop offering', 'other.bin');
  await expect(b.card('other.bin')).toContainText('This file is no longer offered.');
  await expect(a.card('other.bin')).toContainText('You no longer offer this file.');
  await expect(c.card('other.bin')).toHaveCount(0);

  // Dropped onto the meeting, for everybody.
  await a.turnsTo('Everyone');
  await a.closes();
  await alice.page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['dropped words'], '../a/dropped.txt'));
    const event = (name: string) =>
      new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event('dragenter'));
    const poll = setInterval(() => {
      if (document.body.dispatchEvent(event('dragover'))) return;
      clearInterval(poll);
      document.body.dispatchEvent(event('drop'));
    }, 50);
  });
  await c.presses('Accept', 'dropped.txt');
  await c.saves('dropped.txt');
  await b.presses('Decline', 'dropped.txt');
  await expect(a.card('dropped.txt')).toContainText(/Bob\s*declined/);

  // Who has gone took along what they offered.
  await alice.leaves();
  await expect(b.card('dropped.txt')).toContainText('Alice has left, and the file with them.');
  await until(async () =>
    (await b.card('quarterly figures.bin').getByRole('button', save).count()) === 1
      ? ''
      : 'Bob cannot save any more what he has',
  );
});
