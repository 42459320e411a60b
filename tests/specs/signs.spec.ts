import { Signs } from '../fixtures/signs.ts';
import { expect, test } from '../fixtures/test.ts';

test('R57 R58 hands and reactions are seen by the others, in Firefox too, and outlast a reload', async ({
  join,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob', { browser: 'firefox' });
  const [alices, bobs] = [new Signs(alice), new Signs(bob)];
  await alice.seesOnly(bob);

  await alice.page.keyboard.press('h');
  await bob.reads('Hand raised', { on: alice });
  await bob.isTold('Alice raised a hand.');
  await expect(bob.page.locator('p:not([role])', { hasText: /raised a hand/ })).toBeVisible();
  await bob.control('Raise hand').click();
  await alice.reads('Hand raised', { on: bob });
  await bobs.handsAreOf('Alice', 'Bob');

  await alice.reloads();
  await alices.handsAreOf('Alice', 'Bob');
  await alice.control('Lower hand').click();
  await bob.doesNotRead('Hand raised', { on: alice });
  await alice.control('Raise hand').click();
  await alices.handsAreOf('Bob', 'Alice');

  await bobs.reactsWith('👏');
  await alices.seesReaction('👏', bob);
  await alice.isTold('Bob: 👏.');
  await alices.reactsWith('🎉');
  await bobs.seesReaction('🎉', alice);
});

test('R58 R59 reactions and tones can be silenced; whoever leaves the tab alone for a minute, muted, is away; the tab says who speaks and what is unread', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Alice');
  await alice.page.addInitScript(countTones);
  await alice.joins(meeting);
  const bob = await arrive('Bob');
  await bob.page.addInitScript(aMinuteIsShort);
  await bob.joins(meeting);
  const [alices, bobs] = [new Signs(alice), new Signs(bob)];
  const tones = () => alice.page.evaluate(() => window.tones);
  const titleOf = (one: typeof alice, title: RegExp) =>
    expect.poll(() => one.page.title(), { timeout: 20_000 }).toMatch(title);
  await alice.sees(bob);
  await expect.poll(tones).toBe(2);

  await titleOf(alice, /^Bob is speaking · Confab$/);
  await alice.mutes();
  await titleOf(bob, /^2 people · Confab$/);
  await titleOf(alice, /is speaking · Muted · Confab$/);
  await bob.control('Chat').click();
  const box = bob.page.getByRole('textbox', { name: 'Message', exact: true });
  await box.fill('Hello');
  await box.press('Enter');
  await titleOf(alice, /^\(1\) Bob is speaking · Muted · Confab$/);
  await bob.control('Chat').click();
  await bob.control('Raise hand').click();
  await alice.reads('Hand raised', { on: bob });
  // Two notes for a join, one for a message, three for a hand.
  await expect.poll(tones).toBe(6);
  await bob.control('Lower hand').click();
  await alice.doesNotRead('Hand raised', { on: bob });

  await bob.mutes();
  await bob.page.evaluate(() => window.turnAway(true));
  await alice.reads('Away', { on: bob });
  await bob.page.evaluate(() => window.turnAway(false));
  await alice.doesNotRead('Away', { on: bob });

  await alices.switchesOff('Show reactions');
  await bobs.reactsWith('👍');
  await bob.control('Raise hand').click();
  await alice.reads('Hand raised', { on: bob });
  await expect(alices.reactionOn(bob)).toHaveCount(0);
  await alice.reloads();
  await bobs.reactsWith('👍');
  await bob.control('Lower hand').click();
  await alice.doesNotRead('Hand raised', { on: bob });
  await expect(alices.reactionOn(bob)).toHaveCount(0);

  await alices.switchesOff('Sounds');
  const before = await tones();
  await bob.leaves();
  await alice.losesSightOf(bob);
  await alice.isTold('Bob left.');
  expect(await tones()).toBe(before);
});

/** Runs in the page before its own scripts: a minute passes at once, and the tab can be turned to another one. */
function aMinuteIsShort(): void {
  const wait = window.setTimeout.bind(window);
  window.setTimeout = ((action: () => void, ms?: number) =>
    wait(action, ms === 60_000 ? 50 : ms)) as typeof setTimeout;
  window.turnAway = (isAway) => {
    const value = isAway ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  };
}

/** Runs in the page before its own scripts: counts the notes that are played to the speaker. */
function countTones(): void {
  window.tones = 0;
  const connect = Reflect.get(AudioNode.prototype, 'connect') as (...to: unknown[]) => unknown;
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]) {
    if (to[0] instanceof AudioDestinationNode) window.tones += 1;
    return connect.apply(this, to);
  } as typeof connect & AudioNode['connect'];
}

declare global {
  interface Window {
    turnAway: (isAway: boolean) => void;
    tones: number;
  }
}
