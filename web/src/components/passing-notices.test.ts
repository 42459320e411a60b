import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
import PassingNotices from './PassingNotices.svelte';

let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let notices: object;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  connection.events.emit('participants', [view('self')]);
  notices = mount(PassingNotices, { target: document.body, props: { notices: call.news.notices } });
});

/** Long enough after one's own arrival. */
const settle = () => vi.advanceTimersByTime(2_000);
afterEach(async () => {
  await unmount(notices);
  call.close();
  vi.useRealTimers();
});

/** Everybody who is there now. */
function are(...names: string[]) {
  connection.events.emit('participants', [
    view('self'),
    ...names.map((name) => view(name, { name })),
  ]);
  flushSync();
}

/** Whoever comes is connected first, and told of then. */
function told() {
  vi.advanceTimersByTime(300);
  flushSync();
}

const plain = (text: string) => text.trim();
const shown = () => [...document.querySelectorAll('p')].map((notice) => plain(notice.textContent));

it('whoever comes along with oneself is told of when one has settled, as one', () => {
  are('Ada');
  vi.advanceTimersByTime(1_000);
  are('Ada', 'Bo');
  vi.advanceTimersByTime(999);
  flushSync();
  expect(shown()).toEqual([]);
  vi.advanceTimersByTime(1);
  flushSync();
  expect(shown()).toEqual(['Ada and Bo joined.']);
});

it('who comes one after the other is one notice, and told once', () => {
  settle();
  are('Ada');
  vi.advanceTimersByTime(300);
  are('Ada', 'Bo');
  are('Ada', 'Bo', 'Cy', 'Di');
  told();
  expect(shown()).toEqual(['Ada and 3 others joined.']);
  const said = new Set<string>();
  for (let step = 0; step < 100; step++) {
    vi.advanceTimersByTime(100);
    if (call.announcer.text !== '') said.add(plain(call.announcer.text));
  }
  expect([...said]).toEqual(['Ada and 3 others joined.']);
  flushSync();
  expect(shown()).toEqual([]);
});

it('coming and going are told beside each other, each until it is over', () => {
  settle();
  are('Ada');
  vi.advanceTimersByTime(3_000);
  are();
  told();
  expect(shown()).toEqual(['Ada joined.', 'Ada left.']);
  vi.advanceTimersByTime(3_000);
  flushSync();
  expect(shown()).toEqual(['Ada left.']);
});

it('whoever was removed is told as such, to eye and ear; when they come again and go by themselves, that is', () => {
  are('Ada', 'Bo');
  vi.runAllTimers();
  connection.events.emit('removed', 'Ada');
  // A snapshot from before it may still be on its way.
  are('Ada', 'Bo');
  are();
  told();
  expect(shown()).toEqual(['Bo left.', 'Ada was removed.']);
  vi.advanceTimersByTime(500);
  expect(plain(call.announcer.text)).toBe('Bo left. Ada was removed.');
  are('Ada');
  vi.runAllTimers();
  are();
  told();
  expect(shown()).toEqual(['Ada left.']);
});

it('somebody who goes away and comes back is neither', () => {
  are('Ada');
  vi.runAllTimers();
  const before = call.announcer.text;
  for (const presence of ['away', 'reconnecting', 'present'] as const)
    connection.events.emit('participants', [view('self'), view('Ada', { name: 'Ada', presence })]);
  vi.runAllTimers();
  flushSync();
  expect(shown()).toEqual([]);
  expect(call.announcer.text).toBe(before);
});
