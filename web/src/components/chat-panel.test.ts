import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
import ChatPanel from './ChatPanel.svelte';

let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let panel: object;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  document.body.replaceChildren();
  connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada' })]);
  await call.chat.open();
  panel = mount(ChatPanel, { target: document.body, props: { call, onclose: vi.fn() } });
  flushSync();
});
afterEach(async () => {
  await unmount(panel);
  call.close();
});

function find(selector: string): HTMLElement & { value: string } {
  const found = document.querySelector<HTMLTextAreaElement | HTMLSelectElement>(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
}

const box = () => find('textarea');

function type(text: string) {
  box().value = text;
  box().dispatchEvent(new Event('input', { bubbles: true }));
}

function press(init: KeyboardEventInit) {
  box().dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
  flushSync();
}

it('one writes at once, and Enter sends', async () => {
  expect(document.activeElement).toBe(box());
  type('hello');
  press({ key: 'Enter' });
  expect(connection.chat.line.say).toHaveBeenCalledWith({ kind: 'text', text: 'hello' }, null);
  await vi.waitFor(() => expect(box().value).toBe(''));
});

it.each([
  { key: 'Enter', shiftKey: true },
  { key: 'Enter', isComposing: true },
  { key: 'Enter', keyCode: 229 },
])('%j does not send', (init) => {
  type('hello');
  press(init);
  expect(connection.chat.line.say).not.toHaveBeenCalled();
});

it('what was meant for somebody who has left goes to nobody', () => {
  const to = find('select');
  to.value = 'ada';
  to.dispatchEvent(new Event('change', { bubbles: true }));
  type('for Ada');
  connection.events.emit('participants', [view('self')]);
  flushSync();
  press({ key: 'Enter' });
  expect(connection.chat.line.say).not.toHaveBeenCalled();
  expect(find('[role="alert"]').textContent).toContain('Ada has left');
});

it('who was told apart from somebody is not mixed up with them when that one leaves, in what they said before, too', () => {
  const double = view('double', { name: 'Ada' });
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada' }), double]);
  for (const [seq, from] of ['ada', 'double'].entries())
    connection.chat.line.events.emit('message', {
      ...{ seq, id: from, from, to: null, at: 0, name: 'Ada', isOwn: false, isLive: true },
      incarnation: 'page',
      body: { kind: 'text', name: 'Ada', text: `said by ${from}` },
    });
  connection.events.emit('participants', [view('self'), double]);
  flushSync();
  const messages = find('[role="log"]').textContent;
  expect(messages).toMatch(/Ada \(2\).*said by ada.*Ada(?! \().*said by double/s);
});

it('markup in a message is text', () => {
  const text = '<img src=x onerror=alert(1)> <b>bold</b>';
  connection.chat.line.events.emit('message', {
    ...{ seq: 1, id: 'id', from: 'ada', to: null, at: 0, name: 'Ada', isOwn: false, isLive: true },
    incarnation: 'page',
    body: { kind: 'text', name: 'Ada', text },
  });
  flushSync();
  expect(find('[role="log"] article p').textContent).toBe(text);
  expect(document.querySelector('[role="log"] img, [role="log"] b')).toBeNull();
});

it('R43 where messages may be missing it says so, in between', () => {
  const say = (seq: number) =>
    connection.chat.line.events.emit('message', {
      ...{ seq, id: `${seq}`, from: 'ada', to: null, at: 0, name: 'Ada', isOwn: false },
      ...{ incarnation: 'page', isLive: true },
      body: { kind: 'text', name: 'Ada', text: `said ${seq}` },
    });
  for (const seq of [1, 60, 61]) say(seq);
  connection.chat.line.events.emit('gap', { upTo: 59 });
  flushSync();
  expect(find('[role="log"]').textContent).toMatch(/said 1.*may be missing here.*Ada.*said 60/s);
  expect(document.querySelectorAll('.missing')).toHaveLength(1);
});

it('R45 what somebody said from a seat that they have lost cannot be changed or taken back, and offers neither', () => {
  const say = (seq: number, from: string) =>
    connection.chat.line.events.emit('message', {
      ...{ seq, id: from, from, to: null, at: 0, name: 'Ada', isOwn: true, isLive: true },
      incarnation: 'page',
      body: { kind: 'text', name: 'Ada', text: `from ${from}` },
    });
  say(1, 'former');
  say(2, 'self');
  flushSync();
  const offered = [...document.querySelectorAll<HTMLElement>('[aria-haspopup=menu]')].map(
    (button) => {
      button.click();
      flushSync();
      const items = document.querySelectorAll('[role=menuitem]');
      button.click();
      flushSync();
      return [...items].map((item) => item.textContent.trim());
    },
  );
  expect(offered).toEqual([
    ['Reply', 'Copy text'],
    ['Reply', 'Copy text', 'Edit', 'Delete'],
  ]);
});

it('a message is copied exactly as it was said', async () => {
  const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  const text = 'two  spaces,\ttab\n\n<b>&amp;</b> 👩‍💻 \u200fمرحبا https://confab.example/#x';
  connection.chat.line.events.emit('message', {
    ...{ seq: 1, id: 'id', from: 'ada', to: null, at: 0, name: 'Ada', isOwn: false, isLive: true },
    incarnation: 'page',
    body: { kind: 'text', name: 'Ada', text },
  });
  flushSync();
  find('[aria-haspopup=menu]').click();
  flushSync();
  const item = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find(
    (one) => one.textContent.trim() === 'Copy text',
  );
  item?.click();
  await vi.waitFor(() => expect(writeText).toHaveBeenCalledExactlyOnceWith(text));
  await vi.waitFor(() => expect(call.announcer.text).toBe('Text copied'));
  writeText.mockRestore();
});
