import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import EndMeeting from './EndMeeting.svelte';

const look = () => Promise.resolve({ schedule: false, invitations: 0 });
let shown: object;
afterEach(() => unmount(shown));

const words = () => document.activeElement?.textContent.trim();

async function press(name: string) {
  await vi.waitFor(() => {
    flushSync();
    const button = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent.trim() === name,
    );
    if (!button) throw new Error(`there is no ${name}`);
    button.focus();
    button.click();
  });
}

it('R69 what calls the end off has the focus at once, and what began it has it then', async () => {
  shown = mount(EndMeeting, { target: document.body, props: { look, end: vi.fn() } });
  await press('End for everyone');
  await vi.waitFor(() => expect(words()).toBe('Cancel'));
  expect(document.activeElement?.closest('[role=group]')?.getAttribute('aria-labelledby')).toBe(
    document.querySelector('[role=group] p')?.id,
  );
  await press('Cancel');
  await vi.waitFor(() => expect(words()).toBe('End for everyone'));
});

it('R69 where the server does not end it, too', async () => {
  const end = vi.fn(() => Promise.reject(new Error('no answer')));
  shown = mount(EndMeeting, { target: document.body, props: { look, end } });
  await press('End for everyone');
  await press('End now');
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')).not.toBeNull());
  await vi.waitFor(() => expect(words()).toBe('End for everyone'));
});
