import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { singleKeys } from '../call/single-keys.ts';
import { StoredSwitch } from '../call/stored-switch.svelte.ts';
import { TalkKey } from '../call/talk-key.svelte.ts';
import ControlButton from './ControlButton.svelte';
import { runShortcut } from './shortcuts.ts';
import ShortcutHelp from './ShortcutHelp.svelte';

let parts: object[];

beforeEach(() => {
  document.body.replaceChildren();
  const talkKey = new TalkKey({ code: 'Space', label: 'Space' });
  const children = createRawSnippet(() => ({ render: () => '<i></i>' }));
  parts = [
    mount(ShortcutHelp, { target: document.body, props: { talkKey, onclose: vi.fn() } }),
    mount(ControlButton, {
      target: document.body,
      props: { name: 'Open the chat', label: 'Chat', shortcut: 'c', children },
    }),
  ];
  flushSync();
});
afterEach(async () => {
  singleKeys.isOn = true;
  await Promise.all(parts.map((part) => unmount(part)));
});

/** What is said about single keys: in the help, and at the button. */
function told() {
  const button = document.querySelector<HTMLElement>('.control');
  return {
    keys: [...document.querySelectorAll('dt')].map((key) => key.textContent),
    title: button?.title,
    shortcut: button?.getAttribute('aria-keyshortcuts') ?? null,
  };
}

it('single keys are listed, and named at their buttons', () => {
  expect(told()).toEqual({
    keys: ['M', 'V', 'S', 'H', 'C', 'P', 'L', '?'],
    title: 'Open the chat (C)',
    shortcut: 'c',
  });
});

it('switched off in the help they do nothing, nothing says they do, and it stays so; the key that is held remains', () => {
  const onOff = document.querySelector<HTMLElement>('[role="switch"]');
  onOff?.click();
  flushSync();
  expect(onOff?.ariaChecked ?? onOff?.getAttribute('aria-checked')).toBe('false');
  expect(told()).toEqual({ keys: [], title: 'Open the chat', shortcut: null });
  expect(document.querySelector('dialog')?.textContent).toContain('Hold Space');

  const run = vi.fn();
  runShortcut(new KeyboardEvent('keydown', { key: 'c' }), { c: run });
  expect(run).not.toHaveBeenCalled();
  expect(new StoredSwitch('confab:single-keys').isOn).toBe(false);

  onOff?.click();
  runShortcut(new KeyboardEvent('keydown', { key: 'c' }), { c: run });
  expect(run).toHaveBeenCalledOnce();
});
