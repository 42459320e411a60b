import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
import { attachFiles } from './attach-files.ts';
import FileDrop from './FileDrop.svelte';
import { loadPart } from './load-parts.ts';

const file = new File(['hello'], 'a.txt');
const ontake = vi.fn();
let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let shown: object;

beforeEach(() => {
  document.body.replaceChildren();
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  shown = mount(FileDrop, { target: document.body, props: { call, ontake } });
  flushSync();
});
afterEach(async () => {
  await unmount(shown);
  call.close();
  vi.restoreAllMocks();
});

function drop(): Event {
  const event = new Event('drop', { bubbles: true, cancelable: true });
  dispatchEvent(Object.assign(event, { dataTransfer: { types: ['Files'], files: [file] } }));
  return event;
}

const button = (name: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === name);

it('what is dropped while nothing can be fetched is told, and offered when one tries again', async () => {
  const attach = vi.fn(() => Promise.resolve());
  vi.spyOn(loadPart, 'attaching')
    .mockRejectedValueOnce(new Error('no line'))
    .mockResolvedValue({ attachFiles, takeFiles: attach });
  expect(drop().defaultPrevented).toBe(true);
  await vi.waitFor(() => {
    flushSync();
    expect(document.querySelector('[role=alert]')?.textContent).toContain('could not be offered');
  });
  button('Try again')?.click();
  await vi.waitFor(() => expect(attach).toHaveBeenCalledExactlyOnceWith(call, [file]));
  flushSync();
  expect(document.querySelector('[role=alert]')).toBeNull();
  expect(ontake).toHaveBeenCalledTimes(2);
});

it('what is dropped for somebody who has left goes to nobody, and that is said', async () => {
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada' })]);
  const { draft } = await call.chat.open();
  draft.to = 'ada';
  connection.events.emit('participants', [view('self')]);
  const say = vi.spyOn(call.announcer, 'say');
  await attachFiles(call, [file]);
  expect(say).toHaveBeenCalledWith(expect.stringContaining('Ada has left'));
  expect(connection.chat.line.say).not.toHaveBeenCalled();
});
