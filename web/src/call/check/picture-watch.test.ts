import { expect, test } from 'vitest';
import { isDark } from './picture-watch.ts';

const picture = (value: number) =>
  new Uint8ClampedArray(16 * 9 * 4).map((_, index) => (index % 4 === 3 ? 255 : value));

test('noise behind a closed cover is dark, a dim room is not', () => {
  expect(isDark(picture(6))).toBe(true);
  expect(isDark(picture(30))).toBe(false);
});

test('one bright spot is a picture', () => {
  const pixels = picture(2);
  pixels[400] = 120;
  expect(isDark(pixels)).toBe(false);
});
