import { describe, expect, test } from 'vitest';
import { figureOfBudget, figureOfQuantile, figureOfRounds } from './figures.ts';
import { median } from './median.ts';
import { table } from './table.ts';

const lower = {
  name: 'x',
  unit: 'ms',
  limitIs: 'y',
  aim: { ratio: 1.25, better: 'lower' },
} as const;
const higher = { ...lower, aim: { ratio: 1, better: 'higher' } } as const;

test('the median of an even number of values is the mean of the middle two', () => {
  expect(median([9, 1, 3, 5])).toBe(4);
  expect(median([10, 9, 8])).toBe(9);
  expect(median([])).toBeNaN();
});

describe('a figure with a measured limit', () => {
  test('takes its ratio round by round', () => {
    const figure = figureOfRounds(lower, { measured: [110, 400, 120], limit: [100, 400, 100] });
    expect(figure.ratio).toBeCloseTo(1.1);
    expect(figure.measured).toBe(120);
    expect(figure.limit).toBe(100);
  });

  test('keeps an aim that wants little when the ratio is small, and misses it when not', () => {
    expect(figureOfRounds(lower, { measured: [125], limit: [100] }).kept).toBe(true);
    expect(figureOfRounds(lower, { measured: [126], limit: [100] }).kept).toBe(false);
  });

  test('keeps an aim that wants much when the ratio is large, and misses it when not', () => {
    expect(figureOfRounds(higher, { measured: [100], limit: [100] }).kept).toBe(true);
    expect(figureOfRounds(higher, { measured: [99], limit: [100] }).kept).toBe(false);
  });

  test('is missed when a round has no limit', () => {
    expect(figureOfRounds(lower, { measured: [1], limit: [] }).kept).toBe(false);
  });
});

test('a budget of nothing is kept by nothing alone', () => {
  expect(figureOfBudget(lower, 0, 0).kept).toBe(true);
  expect(figureOfBudget(lower, 1, 0).kept).toBe(false);
});

test('a quantile is the value that its share of the rounds did not exceed', () => {
  const rounds = [50, 10, 40, 20, 30];
  const quantile = (share: number) => figureOfQuantile(lower, rounds, share, 40);
  expect(quantile(0.5).measured).toBe(30);
  expect(quantile(0.95).measured).toBe(50);
  expect(quantile(1)).toMatchObject({ measured: 50, ratio: 1.25, kept: true });
  expect(quantile(0.95).rounds.measured).toEqual(rounds);
  expect(figureOfQuantile(lower, [], 1, 40).kept).toBe(false);
});

test('the table says whether an aim was kept', () => {
  const lines = table([
    figureOfRounds(lower, { measured: [110], limit: [100] }),
    figureOfRounds(higher, { measured: [29_000.4], limit: [30_000] }),
  ]).split('\n');
  expect(lines[2]).toMatch(/x +110 ms +100 ms +1\.10 × +≤ 1\.25 × +kept +y$/);
  expect(lines[3]).toMatch(/29,000 ms +30,000 ms +0\.97 × +≥ 1\.00 × +missed/);
});
