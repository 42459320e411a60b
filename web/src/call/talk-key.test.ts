import { beforeEach, expect, it } from 'vitest';
import { TalkKey } from './talk-key.svelte.ts';

const space = { code: 'Space', label: 'Space' };
beforeEach(() => localStorage.clear());

it('remembers another key, and forgets it again', () => {
  new TalkKey(space).choose({ code: 'KeyT', label: 'T' });
  expect(new TalkKey(space).key).toEqual({ code: 'KeyT', label: 'T' });
  new TalkKey(space).choose(null);
  expect(new TalkKey(space).key).toEqual(space);
});

it.each([
  'null',
  '7',
  '{"code":"KeyT"}',
  '{"code":"KeyT","label":"very long, not a key at all"}',
  '{',
])('takes the usual key where %s is kept', (kept) => {
  localStorage.setItem('confab:talk-key', kept);
  expect(new TalkKey(space).key).toEqual(space);
});
