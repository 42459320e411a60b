import { beforeEach, expect, it } from 'vitest';
import { View } from './view.svelte.ts';

beforeEach(() => localStorage.clear());

it('remembers how one looks, but not at whom', () => {
  const view = new View();
  view.choose('speaker');
  view.hideSelf(true);
  view.level(false);
  view.togglePin('ada');
  const again = new View();
  expect([again.mode, again.hidesSelf, again.levels, again.pinned]).toEqual([
    'speaker',
    true,
    false,
    null,
  ]);
});

it.each(['null', '7', '{"mode":"sideways","hidesSelf":false,"levels":true}', 'no JSON'])(
  'begins anew where the storage holds %s',
  (text) => {
    localStorage.setItem('confab:view', text);
    expect(new View().mode).toBe('automatic');
  },
);

it('pins one at a time, and lets it go at the second time and when another layout is chosen', () => {
  const view = new View();
  view.togglePin('ada');
  view.togglePin('bo');
  expect(view.pinned).toBe('bo');
  view.togglePin('bo');
  expect(view.pinned).toBeNull();
  view.togglePin('ada');
  view.choose('grid');
  expect(view.pinned).toBeNull();
});
