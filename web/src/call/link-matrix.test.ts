import { expect, it } from 'vitest';
import type { LinkStanding } from '@confab/protocol';
import { LinkMatrix } from './link-matrix.svelte.ts';

const present = ['me', 'ada', 'bo'];
const to = (id: string, standing: LinkStanding) => ({ to: id, standing });
const begun = () => new LinkMatrix(() => 'me');

it.each<[LinkStanding, LinkStanding, LinkStanding]>([
  ['ok', 'ok', 'ok'],
  ['ok', 'weak', 'weak'],
  ['restoring', 'weak', 'restoring'],
  ['connecting', 'ok', 'connecting'],
  ['restoring', 'lost', 'lost'],
])('R40 of %s and %s said by the two ends, %s is shown', (one, other, worse) => {
  const matrix = begun();
  matrix.show('ada', [to('bo', one)]);
  matrix.show('bo', [to('ada', other)]);
  expect(matrix.standing('ada', 'bo')).toBe(worse);
  expect(matrix.standing('bo', 'ada')).toBe(worse);
});

it('R40 what one says replaces what one said', () => {
  const matrix = begun();
  matrix.show('ada', [to('me', 'ok'), to('bo', 'lost')]);
  matrix.show('ada', [to('me', 'ok')]);
  expect(matrix.standing('ada', 'bo')).toBeNull();
});

it('names each pair once, in the given order, and none of which nobody spoke', () => {
  const matrix = begun();
  matrix.show('me', [to('ada', 'ok'), to('bo', 'weak')]);
  expect(matrix.pairs(present)).toEqual([
    { one: 'me', other: 'ada', standing: 'ok' },
    { one: 'me', other: 'bo', standing: 'weak' },
  ]);
});

it('does not go on showing what somebody said who is not reached any more', () => {
  const matrix = begun();
  matrix.show('ada', [to('bo', 'restoring'), to('me', 'ok')]);
  matrix.show('bo', [to('ada', 'ok')]);
  matrix.show('me', [to('ada', 'lost'), to('bo', 'ok')]);
  expect(matrix.standing('ada', 'bo')).toBe('ok');
  expect(matrix.standing('me', 'ada')).toBe('lost');
});

it('forgets what was said by who left', () => {
  const matrix = begun();
  matrix.show('ada', [to('bo', 'lost')]);
  matrix.keepOnly(['me', 'bo']);
  matrix.keepOnly(present);
  expect(matrix.pairs(present)).toEqual([]);
});
