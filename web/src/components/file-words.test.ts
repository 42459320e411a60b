import { expect, it } from 'vitest';
import { inTwo, shareOf, sizeOf } from './file-words.ts';

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [12_345, '12.3 kB'],
  [214_000, '214 kB'],
  [20_000_000, '20 MB'],
  [68_719_476_736, '68.7 GB'],
  [5_000_000_000_000, '5,000 GB'],
])('%i bytes are %s', (bytes, words) => {
  expect(sizeOf(bytes)).toBe(words);
});

it('what is not all there is never a hundred per cent', () => {
  expect(shareOf(0.9999)).toBe('99%');
  expect(shareOf(1)).toBe('100%');
});

it('a name is cut in its middle, between characters, and a short one keeps its beginning', () => {
  expect(inTwo('Quarterly figures, final.xlsx')).toEqual(['Quarterly figures', ', final.xlsx']);
  expect(inTwo('a.txt')).toEqual(['a.t', 'xt']);
  expect(inTwo('👋👋👋👋').join('')).toBe('👋👋👋👋');
});
