import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
import MeetingHeader from './MeetingHeader.svelte';

let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let header: object;

beforeEach(() => {
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  const props = { call, link: 'https://confab.example/m/abc#def', onfail: vi.fn() };
  header = mount(MeetingHeader, { target: document.body, props });
});
afterEach(async () => {
  await unmount(header);
  call.close();
});

/** Whether the marks say so, without anything fetched in between: nothing that takes a moment is waited for. */
function says(word: string): boolean {
  flushSync();
  return document.querySelector('header')?.textContent.includes(word) ?? false;
}

it('that the meeting is recorded is there at once, for as long as it is', () => {
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada' })]);
  expect(says('Recording')).toBe(false);
  const media = { ...view('ada').media, recording: 'token' };
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada', media })]);
  expect(says('Recording')).toBe(true);
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada' })]);
  expect(says('Recording')).toBe(false);
});

it('that nobody new comes in is there at once, for as long as it is so', () => {
  connection.events.emit('participants', [view('self')]);
  connection.events.emit('policy', { locked: true });
  expect(says('Locked')).toBe(true);
  connection.events.emit('policy', { locked: false });
  expect(says('Locked')).toBe(false);
});
