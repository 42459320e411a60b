import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
import ChatPanel from './ChatPanel.svelte';

const onclose = vi.fn();
let call: Call;
let panel: object;

beforeEach(async () => {
  onclose.mockClear();
  document.body.replaceChildren();
  const connection = fakeConnection();
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada' })]);
  await call.chat.open();
  panel = mount(ChatPanel, { target: document.body, props: { call, onclose } });
  connection.chat.line.events.emit('message', {
    ...{ seq: 1, id: 'id', from: 'ada', to: null, at: 0, name: 'Ada', isOwn: false, isLive: true },
    incarnation: 'page',
    body: { kind: 'text', name: 'Ada', text: 'hello' },
  });
  flushSync();
});
afterEach(async () => {
  await unmount(panel);
  call.close();
});

const find = (selector: string) => document.querySelector<HTMLElement>(selector);
const options = () => find('[aria-label="Chat options"]');
const emoji = () => find('button[aria-label="Emoji"]');
const menu = () => find('[aria-label="Actions for message"]');
const openOnes = () => document.querySelectorAll('[aria-expanded="true"]').length;

function open(button: HTMLElement | null) {
  button?.click();
  flushSync();
}

function escape(more: KeyboardEventInit = {}) {
  const init = { key: 'Escape', bubbles: true, cancelable: true, ...more };
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', init));
  flushSync();
}

it.each([
  ['options', options],
  ['emoji', emoji],
  ['a message’s menu', menu],
])(
  'Escape closes %s alone, from wherever the focus is, and the focus is back at its button',
  (_, button) => {
    for (const place of [
      () => button(),
      () => find('textarea'),
      () => find('[aria-label="Close"]'),
    ]) {
      open(button());
      expect(openOnes()).toBe(1);
      place()?.focus();
      escape();
      expect(openOnes()).toBe(0);
      expect(document.activeElement).toBe(button());
      expect(onclose).not.toHaveBeenCalled();
    }
    escape();
    expect(onclose).toHaveBeenCalledOnce();
  },
);

it('what opened last closes first', () => {
  for (const button of [emoji, options, menu]) open(button());
  for (const button of [menu, options, emoji]) {
    escape();
    expect(document.activeElement).toBe(button());
  }
  expect([openOnes(), onclose.mock.calls.length]).toEqual([0, 0]);
});

it('what was closed by its button is not closed by Escape once more', () => {
  for (const button of [options, options, emoji, emoji, menu, menu]) open(button());
  find('textarea')?.focus();
  escape();
  expect(onclose).toHaveBeenCalledOnce();
});

it.each([{ isComposing: true }, { keyCode: 229 }])(
  'Escape of an input method (%j) closes nothing',
  (more) => {
    find('textarea')?.focus();
    escape(more);
    open(options());
    find('textarea')?.focus();
    escape(more);
    expect([openOnes(), onclose.mock.calls.length]).toEqual([1, 0]);
  },
);
