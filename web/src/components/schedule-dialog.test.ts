import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseMeetingLink } from '../connection/meeting-link.ts';
import ScheduleDialog from './ScheduleDialog.svelte';

vi.mock('../connection/meetings-api.ts', async (original) => ({
  ...(await original()),
  createMeeting: () => Promise.resolve({ meetingId: 'A'.repeat(22), hostToken: 'x.y.z' }),
}));

let shown: object;
beforeEach(() => {
  shown = mount(ScheduleDialog, { target: document.body, props: { onclose: vi.fn() } });
  flushSync();
});
afterEach(() => unmount(shown));

it('R3 hands over the link for guests, and another by which its maker is host in any browser', async () => {
  const form = document.querySelector('form');
  form?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
  const links = await vi.waitFor(() => {
    flushSync();
    const found = [...document.querySelectorAll<HTMLInputElement>('input[readonly]')];
    expect(found).toHaveLength(2);
    return found.map(({ value }) => parseMeetingLink(value, location.origin));
  });
  expect(links[0]?.invitation ?? null).toBeNull();
  expect(links[1]).toEqual({ ...links[0], invitation: 'x.y.z' });
});
