import { FalteringProxy } from '../relay/faltering-proxy.ts';
import type { Participant } from '../fixtures/participant.ts';
import { filesOf } from '../fixtures/built-parts.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';

test('somebody whose line breaks once in every file comes into a meeting that looks and works as for everybody', async ({
  arrive,
  server,
  meeting,
}) => {
  const proxy = new FalteringProxy(server.url);
  await proxy.listen();
  try {
    const bob = await arrive('Bob');
    await bob.joins(meeting);

    const alice = await arrive('Alice');
    await reachesPage(alice, proxy, proxy.url);
    await expect(alice.page.getByRole('button', { name: 'New meeting' })).toBeVisible();
    await alice.joins(meeting.replace(server.url, proxy.url));
    await alice.sees(bob);
    await bob.sees(alice);
    expect([...proxy.broken].filter((file) => file.endsWith('.css')).length).toBeGreaterThan(3);
    await looksAs(bob, alice);

    // What one may want while the server is away is here soon; all else when somebody is about to want it.
    const isFetched = (part: string) => filesOf(part).some((file) => proxy.broken.has(`/${file}`));
    for (const part of ['ChatPanel', 'PeoplePanel', 'SettingsPanel', 'ScreenTile'])
      await expect.poll(() => isFetched(part)).toBe(true);
    for (const part of ['LayoutChoices', 'ReactionPicker', 'ShortcutHelp'])
      expect(isFetched(part)).toBe(false);
    await alice.control('React').hover();
    await expect.poll(() => isFetched('ReactionPicker')).toBe(true);

    proxy.lost = filesOf('LayoutChoices')[0] ?? null;
    await alice.control('Layout').click();
    const trouble = alice.page.getByRole('alert').filter({ hasText: 'could not be loaded' });
    await expect(trouble).toBeVisible();
    proxy.lost = null;
    await trouble.getByRole('button', { name: 'Try again' }).click();
    await expect(alice.page.getByRole('radio', { name: 'Grid' })).toBeVisible();
    await alice.page.keyboard.press('Escape');
    for (const one of [alice, bob]) {
      await one.control('Chat').click();
      await expect(one.page.getByRole('log', { name: 'Messages' })).toBeVisible();
    }
    await looksAs(bob, alice);
  } finally {
    proxy.close();
  }
});

/** Without its first scripts nothing in a page can try again: it says what to do, and a person does it. */
async function reachesPage(person: Participant, proxy: FalteringProxy, url: string) {
  const hint = person.page.getByText('load the page again');
  await person.page.goto(url);
  await expect(hint).toBeVisible();
  await until(async () => {
    const broken = proxy.broken.size;
    await person.page.reload();
    return (await hint.count()) === 0 ? '' : `${person.name} has no app after ${broken} breaks`;
  });
}

async function looksAs(other: Participant, person: Participant): Promise<void> {
  await until(async () => {
    const [theirs, own] = await Promise.all([looks(other), looks(person)]);
    const differing = own.filter((line) => !theirs.includes(line));
    if (differing.length === 0 && own.length === theirs.length) return '';
    return `${person.name} has ${differing.join(', ')}; ${other.name} has ${theirs.join(', ')}`;
  });
}

/** Where everything that can be pressed lies, and in which dress: the same for two people with the same window. */
function looks({ page }: Participant): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, textarea, h1, h2')]
      .filter((element) => element.checkVisibility())
      .map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const { color, backgroundColor, borderRadius } = getComputedStyle(element);
        const place = [x, y, width, height].map(Math.round).join(' ');
        return `${element.tagName} ${place} ${color} ${backgroundColor} ${borderRadius}`;
      }),
  );
}
