import { LAPTOP, liesWell, PHONE } from '../fixtures/lies-well.ts';
import { SilentGuests } from '../fixtures/silent-guests.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';
import { hostileNames } from '../page/hostile-names.ts';

const guests = new SilentGuests();
test.afterEach(() => guests.leave());

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

test('R20 sixty names that are meant to break, spoof or spill do none of it, on tiles and in the list', async ({
  join,
  meeting,
}) => {
  const alice = await join('Alice');
  const { page } = alice;
  await alice.control('People').click();
  const people = page.getByRole('list', { name: 'People' });
  expect(hostileNames.flat()).toHaveLength(60);
  for (const names of hostileNames) {
    await guests.arrive(meeting, names);
    await expect(people.getByRole('listitem')).toHaveCount(names.length + 1);
    for (const size of [LAPTOP, PHONE]) {
      await page.setViewportSize(size);
      // A phone shows the panel over the tiles.
      if (size === PHONE) await page.keyboard.press('p');
      await liesWell(alice, names.length + 1);
    }
    await page.setViewportSize(LAPTOP);
    await page.keyboard.press('p');
    const faults = await page.evaluate(faultsOfNames);
    expect(faults, String(names)).toEqual([]);
    await expect(alice.tile(alice)).toHaveCount(1);
    await guests.giveUpSeats();
    await until(async () => {
      const left = (await alice.namesInOrder()).length;
      return left === 1 ? '' : `${left} are still there`;
    });
  }
});

/** Runs in a page; must not refer to anything outside itself. */
function faultsOfNames(): string[] {
  const found: string[] = [];
  const isHidden = (text: string) =>
    /\p{Cc}|[\u200B\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF\u00AD\u2028]/u.test(text);
  const written = [...document.querySelectorAll('article bdi, [role=list] bdi, ul bdi, ol bdi')];
  if (written.length < 10) found.push(`only ${written.length} names are written`);
  for (const bdi of written) {
    const text = bdi.textContent;
    if (isHidden(text)) found.push(`${JSON.stringify(text)} keeps what turns or hides text`);
    if (bdi.childElementCount > 0) found.push(`${text} has become markup`);
    const holder = bdi.closest('article, li');
    const [inner, outer] = [bdi, holder].map((element) => element?.getBoundingClientRect());
    if (!inner || !outer) found.push(`${text} stands outside`);
    else if (inner.left < outer.left - 1 || inner.right > outer.right + 1)
      found.push(`${text} spills`);
  }
  const strange = document.querySelectorAll(
    'main img, main script, main iframe, main h1 + h1, main b',
  );
  for (const { outerHTML } of strange) found.push(outerHTML.slice(0, 80));
  return found;
}
