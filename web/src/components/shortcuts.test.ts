import { beforeEach, expect, it, vi } from 'vitest';
import { runShortcut } from './shortcuts.ts';

const mute = vi.fn();

beforeEach(() => {
  mute.mockClear();
  document.body.replaceChildren();
});

function press(init: KeyboardEventInit, element: HTMLElement = document.body) {
  if (element !== document.body) document.body.append(element);
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
  element.addEventListener('keydown', (heard) => runShortcut(heard, { m: mute }), { once: true });
  element.dispatchEvent(event);
}

it.each(['m', 'M'])('%s runs what it stands for', (key) => {
  press({ key });
  expect(mute).toHaveBeenCalledOnce();
});

it.each([
  { key: 'm', ctrlKey: true },
  { key: 'm', metaKey: true },
  { key: 'm', altKey: true },
  { key: 'm', repeat: true },
  { key: 'x' },
])('%j runs nothing', (init) => {
  press(init);
  expect(mute).not.toHaveBeenCalled();
});

it.each(['input', 'textarea', 'select'])('never while typing into %s', (tag) => {
  press({ key: 'm' }, document.createElement(tag));
  expect(mute).not.toHaveBeenCalled();
});

it('still from a button that has the focus', () => {
  press({ key: 'm' }, document.createElement('button'));
  expect(mute).toHaveBeenCalledOnce();
});
