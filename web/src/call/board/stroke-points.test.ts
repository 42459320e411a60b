import { expect, test } from 'vitest';
import { seededRandom } from '../../connection/test/seeded-random.ts';
import { MOST_POINTS, type StrokePoint, decodePoints, encodePoints } from './stroke-points.ts';

test('R99 a stroke comes back as it was drawn, to a quarter of a unit, at some three bytes a point', () => {
  const random = seededRandom(1);
  const points: StrokePoint[] = [[0, 0, 0.5]];
  for (let index = 0; index < 500; index++) {
    const [x, y] = points.at(-1) ?? [0, 0];
    points.push([x + 8 * random() - 4, y + 8 * random() - 4, random()]);
  }
  points.push([-90_000, 123_456, 1]);
  const bytes = encodePoints(points);
  expect(bytes.length).toBeLessThan(points.length * 4);
  const back = decodePoints(bytes) ?? [];
  expect(back).toHaveLength(points.length);
  for (const [index, point] of points.entries())
    for (const part of [0, 1, 2] as const)
      expect(back[index]?.[part]).toBeCloseTo(point[part], part === 2 ? 2 : -1);
  const errors = points.flatMap(([x, y], index) => {
    const [backX = 0, backY = 0] = back[index] ?? [];
    return [Math.abs(backX - x), Math.abs(backY - y)];
  });
  expect(Math.max(...errors)).toBeLessThanOrEqual(0.125);
});

test('R99 bytes that are no stroke are none', () => {
  expect(decodePoints(new Uint8Array())).toBeNull();
  expect(decodePoints(new Uint8Array([1]))).toBeNull();
  expect(decodePoints(new Uint8Array([1, 1]))).toBeNull();
  expect(
    decodePoints(new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255, 1, 0, 0])),
  ).toBeNull();
  expect(decodePoints(new Uint8Array(3 * (MOST_POINTS + 1)))).toBeNull();
  expect(decodePoints(new Uint8Array(3 * MOST_POINTS))).toHaveLength(MOST_POINTS);
  const random = seededRandom(2);
  for (let run = 0; run < 5_000; run++) {
    const bytes = Uint8Array.from({ length: 1 + Math.floor(random() * 40) }, () => random() * 256);
    for (const point of decodePoints(bytes) ?? []) expect(point.every(Number.isFinite)).toBe(true);
  }
});
