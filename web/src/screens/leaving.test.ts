import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, FakeStream, view } from '../call/test/fakes.ts';
// Loading it is no part of any test's time.
import '../components/LeaveQuestion.svelte';
import Meeting from './Meeting.svelte';

const onleave = vi.fn();
let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let screen: object;

beforeEach(async () => {
  vi.stubGlobal('MediaStream', FakeStream);
  onleave.mockClear();
  sessionStorage.clear();
  document.body.replaceChildren();
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  connection.events.emit('participants', [view('self')]);
  await call.chat.open();
  const link = 'https://meet.example/m/a#b';
  screen = mount(Meeting, { target: document.body, props: { call, link, onleave } });
  flushSync();
});
afterEach(async () => {
  await unmount(screen);
  call.close();
  vi.unstubAllGlobals();
});

function press(name: string) {
  const all = [...document.querySelectorAll('button')];
  const button = all.find((one) => (one.ariaLabel ?? one.textContent).trim() === name);
  if (!button) throw new Error(`There is no button ${name}.`);
  button.click();
  flushSync();
}

function say() {
  const body = { kind: 'text', text: 'wait', name: 'me' } as const;
  connection.chat.line.events.emit('outgoing', {
    ...{ id: 'x', to: null, body },
    standing: { status: 'pending' },
  });
  flushSync();
}

const question = () =>
  vi.waitFor(() => {
    flushSync();
    const dialog = document.querySelector('dialog');
    expect(dialog?.open).toBe(true);
    return dialog;
  });

it('whoever has said nothing that waits leaves at once', () => {
  press('Leave');
  expect(onleave).toHaveBeenCalledOnce();
});

it('whoever leaves while others have not got what one has written is asked once, and may stay', async () => {
  say();
  press('Leave');
  expect((await question())?.textContent).toContain('has not been sent');
  press('Stay');
  expect(onleave).not.toHaveBeenCalled();
  await vi.waitFor(() => {
    flushSync();
    expect(document.querySelector('dialog')).toBeNull();
  });
  press('Leave');
  await question();
  press('Leave anyway');
  expect(onleave).toHaveBeenCalledOnce();
});
