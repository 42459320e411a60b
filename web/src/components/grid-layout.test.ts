import { describe, expect, it } from 'vitest';
import { type GridSpace, layoutTiles } from './grid-layout.ts';

const counts = Array.from({ length: 12 }, (_, index) => index + 1);
const spaces: Record<string, GridSpace> = {
  'a laptop': { width: 1416, height: 752, gap: 10 },
  'a laptop with a panel': { width: 1084, height: 752, gap: 10 },
  'a phone held upright': { width: 366, height: 714, gap: 10 },
  'a phone on its side': { width: 820, height: 270, gap: 10 },
};

describe.each(Object.entries(spaces))('on %s', (_, space) => {
  it.each(counts)('%i tiles fit without scrolling', (count) => {
    const { columns, rows, width, height } = layoutTiles(count, space);
    expect(columns * rows).toBeGreaterThanOrEqual(count);
    expect(columns * width + (columns - 1) * space.gap).toBeLessThanOrEqual(space.width);
    expect(rows * height + (rows - 1) * space.gap).toBeLessThanOrEqual(space.height);
  });

  it.each(counts)('%i tiles are neither strips nor towers', (count) => {
    const { width, height } = layoutTiles(count, space);
    expect(width / height).toBeLessThanOrEqual(16 / 9 + 0.05);
    expect(width / height).toBeGreaterThanOrEqual(9 / 16 - 0.01);
  });

  it.each(counts)('%i tiles leave no row empty', (count) => {
    const { columns, rows } = layoutTiles(count, space);
    expect(columns * (rows - 1)).toBeLessThan(count);
  });

  it('more people never make tiles larger', () => {
    const areas = counts.map((count) => layoutTiles(count, space)).map((l) => l.width * l.height);
    expect(areas).toEqual(areas.toSorted((one, other) => other - one));
  });
});

it('a lone tile on a laptop fills its height in the shape of a camera', () => {
  expect(layoutTiles(1, { width: 1416, height: 752, gap: 10 })).toEqual({
    columns: 1,
    rows: 1,
    width: 1336,
    height: 752,
  });
});

it('four lie two by two on a laptop and on a phone', () => {
  for (const space of [spaces['a laptop'], spaces['a phone held upright']])
    expect(space && layoutTiles(4, space)).toMatchObject({ columns: 2, rows: 2 });
});

it('a phone never shows more than two columns for six', () => {
  const { columns } = layoutTiles(6, { width: 366, height: 714, gap: 10 });
  expect(columns).toBe(2);
});

it('no space at all gives tiles of no size instead of an error', () => {
  expect(layoutTiles(3, { width: 0, height: 0, gap: 10 })).toMatchObject({ width: 0, height: 0 });
});
