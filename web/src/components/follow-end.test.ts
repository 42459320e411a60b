import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followsEnd } from './follow-end.ts';

const HEIGHT = 300;
const told: boolean[] = [];
let element: HTMLElement;
let grow: (to: number) => void;

beforeEach(() => {
  told.length = 0;
  let resized: () => void = () => undefined;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly observe = vi.fn();
      readonly disconnect = vi.fn();
      constructor(callback: () => void) {
        resized = callback;
      }
    },
  );
  element = document.createElement('div');
  let scrollHeight = HEIGHT;
  let scrollTop = 0;
  Object.defineProperties(element, {
    clientHeight: { value: HEIGHT },
    scrollHeight: { get: () => scrollHeight, configurable: true },
    scrollTop: {
      get: () => scrollTop,
      set: (to: number) => (scrollTop = Math.max(0, Math.min(to, scrollHeight - HEIGHT))),
    },
  });
  grow = (to) => {
    scrollHeight = to;
    resized();
  };
  followsEnd((isAway) => told.push(isAway))(element);
});
afterEach(() => vi.unstubAllGlobals());

const scrolled = () => element.dispatchEvent(new Event('scroll'));

it('stays at the end while there is more and more, also when scrolling is told late', () => {
  grow(800);
  Object.defineProperty(element, 'scrollHeight', { value: 1_000, configurable: true });
  scrolled();
  expect(told).toEqual([]);
});

it('stays at the end when a line below it goes and more comes before that is told', () => {
  grow(800);
  scrolled();
  element.scrollTop = 476;
  Object.defineProperty(element, 'scrollHeight', { value: 900, configurable: true });
  scrolled();
  expect(told).toEqual([]);
});

it('stays where somebody has scrolled to, until they are back at the end', () => {
  grow(800);
  scrolled();
  element.scrollTop = 100;
  scrolled();
  grow(1_000);
  expect([element.scrollTop, told]).toEqual([100, [true]]);
  element.scrollTop = 300;
  scrolled();
  expect(told).toEqual([true]);
  element.scrollTop = 690;
  scrolled();
  grow(1_200);
  expect([element.scrollTop, told]).toEqual([900, [true, false]]);
});
