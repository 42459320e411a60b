import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HoldToTalk } from './hold-to-talk.ts';

let code = 'Space';
let isMuted = true;
const talk = vi.fn((isHeld: boolean) => {
  const changes = isMuted === isHeld;
  if (changes) isMuted = !isHeld;
  return changes;
});
const talking = new HoldToTalk(() => code, talk);
const keydown = (event: KeyboardEvent) => talking.keydown(event);
const keyup = (event: KeyboardEvent) => talking.keyup(event);

beforeEach(() => {
  [code, isMuted] = ['Space', true];
  document.body.replaceChildren();
  window.addEventListener('keydown', keydown);
  window.addEventListener('keyup', keyup);
});
afterEach(() => {
  talking.release();
  talk.mockClear();
  window.removeEventListener('keydown', keydown);
  window.removeEventListener('keyup', keyup);
});

function press(
  kind: 'keydown' | 'keyup',
  more: KeyboardEventInit = {},
  on: Element = document.body,
) {
  const init = { code: 'Space', bubbles: true, cancelable: true, ...more };
  return !on.dispatchEvent(new KeyboardEvent(kind, init));
}

function focused(tag: string): HTMLElement {
  const element = document.createElement(tag);
  document.body.append(element);
  element.focus();
  return element;
}

it('is heard as long as the key is held, and the page does not scroll meanwhile', () => {
  expect(press('keydown')).toBe(true);
  expect(isMuted).toBe(false);
  expect(press('keydown', { repeat: true })).toBe(true);
  expect(press('keyup')).toBe(true);
  expect(isMuted).toBe(true);
  expect(talk).toHaveBeenCalledTimes(2);
});

it('leaves whoever is heard already heard', () => {
  isMuted = false;
  expect(press('keydown')).toBe(false);
  press('keyup');
  expect(isMuted).toBe(false);
});

it.each(['input', 'textarea', 'select'])('never while typing into %s', (tag) => {
  press('keydown', {}, focused(tag));
  expect(isMuted).toBe(true);
});

it('a button reached with the keyboard keeps its key; one that was clicked gives it up', () => {
  const button = focused('button');
  expect(press('keydown', {}, button)).toBe(false);
  expect(isMuted).toBe(true);
  talking.clicked();
  expect(press('keydown', {}, button)).toBe(true);
  expect(press('keyup', {}, button)).toBe(true);
  expect(talk).toHaveBeenCalledWith(true);
  press('keydown', { code: 'Tab' }, button);
  expect(press('keydown', {}, button)).toBe(false);
});

it.each([
  { ctrlKey: true },
  { metaKey: true },
  { altKey: true },
  { shiftKey: true },
  { repeat: true },
])('not with %j', (more) => {
  press('keydown', more);
  expect(isMuted).toBe(true);
});

it('listens to another key when one is chosen', () => {
  code = 'KeyT';
  press('keydown');
  expect(isMuted).toBe(true);
  press('keydown', { code: 'KeyT' }, focused('button'));
  expect(isMuted).toBe(false);
});

it('mutes when the window loses the key', () => {
  press('keydown');
  talking.release();
  expect(isMuted).toBe(true);
});
