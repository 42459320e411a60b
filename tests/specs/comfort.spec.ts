import type { Locator } from '@playwright/test';
import { ChatReader } from '../fixtures/chat.ts';
import type { Participant } from '../fixtures/participant.ts';
import { SilentGuests } from '../fixtures/silent-guests.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';

const guests = new SilentGuests();
test.afterEach(() => guests.leave());

test('who comes and goes at once is one notice, in Firefox too; a copied link is the meeting’s; the screen stays awake, fills and floats, until one leaves', async ({
  arrive,
  join,
  meeting,
}) => {
  const alice = await arrive('Alice', { whole: true });
  const { page } = alice;
  await page.addInitScript(watchComfort);
  await alice.joins(meeting);
  // The notice comes a moment after who joined, and might be missed by whoever looks for it then.
  const isTold = expect(noticeOf(alice, 'joined')).toHaveText(/Bob joined\.$/, { timeout: 60_000 });
  const [bob] = await Promise.all([join('Bob', { browser: 'firefox' }), isTold]);
  await alice.sees(bob);
  const comfort = () => page.evaluate(() => window.comfort());
  await expect.poll(comfort).toEqual({ awake: 1, isFull: false, floats: false });

  // Bob's own arrival is not one with theirs.
  await expect(noticeOf(alice, 'joined')).toHaveCount(0);
  await guests.arrive(meeting, ['Chao', 'Dörte', 'Eve']);
  await Promise.all([alice, bob].map((one) => isNoticed(one, 'joined')));
  await guests.giveUpSeats();
  await Promise.all([alice, bob].map((one) => isNoticed(one, 'left')));

  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible();
  const chat = new ChatReader(alice);
  await chat.opens();
  await chat.box.press('ControlOrMeta+v');
  await expect(chat.box).toHaveValue(meeting);
  await chat.closes();

  const menu = page.getByRole('dialog', { name: 'Layout' });
  await alice.control('Layout').click();
  await menu.getByRole('button', { name: 'Full screen', exact: true }).click();
  await expect.poll(comfort).toEqual({ awake: 1, isFull: true, floats: false });
  await alice.control('Layout').click();
  await menu.getByRole('button', { name: 'Leave full screen' }).click();
  await expect.poll(comfort).toEqual({ awake: 1, isFull: false, floats: false });
  await alice.control('Layout').click();
  await menu.getByRole('button', { name: 'Full screen', exact: true }).click();
  await alice.control('Layout').click();
  await menu.getByRole('button', { name: 'Picture in picture' }).click();
  await expect.poll(comfort).toEqual({ awake: 1, isFull: true, floats: true });
  await bob.sees(alice);
  await alice.leaves();
  await expect.poll(comfort).toEqual({ awake: 0, isFull: false, floats: false });
  await bob.losesSightOf(alice);
});

test('whoever speaks while muted is told; a speaker that is pulled out is told, too; echo is cancelled as one wants it, and Firefox hears the voice all the while', async ({
  join,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob', { browser: 'firefox' });
  const { page } = alice;
  await alice.hears(bob);
  await alice.mutes();
  const hint = page.getByText('You are muted.');
  await expect(hint).toBeVisible();
  await bob.hearsNothingFrom(alice);
  await alice.unmutes();
  await expect(hint).toHaveCount(0);
  await bob.hears(alice);

  await alice.control('More').click();
  const speaker = page.getByRole('combobox', { name: 'Speaker' });
  const other = await speaker.locator('option').last().getAttribute('value');
  await speaker.selectOption(other);
  const audio = alice.tile(bob).locator('audio');
  const playsAt = (wanted: string | null) =>
    until(async () => {
      const at = await audio.evaluate(({ sinkId }: HTMLAudioElement) => sinkId);
      return at === wanted ? '' : `Bob is played at "${at}"`;
    });
  await playsAt(other);
  await page.evaluate((id) => window.observer.unplugSpeaker(id ?? ''), other);
  const alert = page.getByRole('alert').filter({ hasText: 'Your speaker was disconnected' });
  await expect(alert).toBeVisible();
  await playsAt('');
  await alice.hears(bob);

  const cancels = (isOn: boolean) =>
    expect
      .poll(() =>
        page.evaluate(() =>
          window.observer.deviceSettings('audio').map((one) => one.echoCancellation),
        ),
      )
      .toEqual([isOn]);
  await cancels(true);
  await alice.sent.areOver();
  const before = alice.sent.count;
  const echo = page.getByRole('switch', { name: 'Cancel echo' });
  await echo.click();
  await expect(echo).not.toBeChecked();
  await cancels(false);
  await bob.hears(alice);
  expect(alice.sent.count).toBe(before);
});

/** All three in one sentence, in whatever order the server heard of them. */
async function isNoticed(person: Participant, what: 'joined' | 'left'): Promise<void> {
  const all = new RegExp(`(?=.*Chao)(?=.*Dörte)(?=.*Eve).* ${what}\\.$`);
  await expect(noticeOf(person, what)).toHaveText(all);
}

function noticeOf({ page }: Participant, what: 'joined' | 'left'): Locator {
  return page.locator('p:not([role])', { hasText: new RegExp(` ${what}\\.$`) });
}

type Comfort = { awake: number; isFull: boolean; floats: boolean };

/** Runs in a page before its own scripts: it has no small window of its own, and knows what the screen is asked for. */
function watchComfort(): void {
  Object.defineProperty(window, 'documentPictureInPicture', { value: undefined });
  const locks: WakeLockSentinel[] = [];
  const { wakeLock } = navigator;
  const request = wakeLock.request.bind(wakeLock);
  wakeLock.request = async (type) => {
    const lock = await request(type);
    locks.push(lock);
    return lock;
  };
  window.comfort = () => ({
    awake: locks.filter(({ released }) => !released).length,
    isFull: document.fullscreenElement !== null,
    floats: document.pictureInPictureElement !== null,
  });
}

declare global {
  interface Window {
    comfort: () => Comfort;
  }
}
