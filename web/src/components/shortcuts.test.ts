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
  { key: 'ة', code: 'KeyM', runs: 'm' },
  { key: 'ь', code: 'KeyM', runs: 'm' },
  { key: '؟', code: 'Slash', shiftKey: true, runs: '?' },
])('%j, where no Latin letters are typed, runs what stands in its place', ({ runs, ...init }) => {
  const run = vi.fn();
  const event = new KeyboardEvent('keydown', { cancelable: true, ...init });
  runShortcut(event, { [runs]: run });
  expect(run).toHaveBeenCalledOnce();
});

it('a letter of another layout that is Latin counts, not its place', () => {
  press({ key: ',', code: 'KeyM' });
  expect(mute).not.toHaveBeenCalled();
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
