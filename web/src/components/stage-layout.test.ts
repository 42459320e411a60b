import { describe, expect, it } from 'vitest';
import type { GridSpace } from './grid-layout.ts';
import { type Box, layoutStage } from './stage-layout.ts';

const counts = Array.from({ length: 12 }, (_, index) => index + 1);
const spaces: Record<string, GridSpace> = {
  'a laptop': { width: 1416, height: 752, gap: 10 },
  'a laptop with a panel': { width: 1084, height: 752, gap: 10 },
  'a laptop at twice the size': { width: 696, height: 302, gap: 10 },
  'a phone held upright': { width: 366, height: 700, gap: 10 },
  'a phone on its side': { width: 820, height: 240, gap: 10 },
  'a small window': { width: 300, height: 260, gap: 6 },
};

describe.each(Object.entries(spaces))('on %s', (_, space) => {
  describe.each([false, true])('with a screen: %s', (isScreen) => {
    it.each(counts)('one large beside %i small: all within, none over another', (small) => {
      const boxes = layoutStage({ large: 1, small, isScreen }, space);
      expect(boxes).toHaveLength(small + 1);
      liesWell(boxes, space);
    });

    it('three large ones beside nine', () => {
      liesWell(layoutStage({ large: 3, small: 9, isScreen }, space), space);
    });
  });

  it.each(counts)('%i alike: all within, none over another', (count) => {
    liesWell(layoutStage({ large: count, small: 0, isScreen: false }, space), space);
  });

  it.each([1, 3, 5])('what is large is larger than each of the %i beside it', (small) => {
    const [large, ...others] = layoutStage({ large: 1, small, isScreen: true }, space);
    for (const other of others) expect(area(large)).toBeGreaterThan(area(other));
  });
});

it('on a laptop a screen beside eleven people has most of the space', () => {
  const space = { width: 1416, height: 752, gap: 10 };
  const [screen, ...people] = layoutStage({ large: 1, small: 11, isScreen: true }, space);
  expect(area(screen) / (space.width * space.height)).toBeGreaterThan(0.6);
  for (const { width } of people) expect(width).toBeGreaterThanOrEqual(120);
});

it('on a phone held upright a screen takes the width and leaves people what it does not need', () => {
  const space = { width: 366, height: 700, gap: 10 };
  const [screen, ...people] = layoutStage({ large: 1, small: 5, isScreen: true }, space);
  expect(screen?.width).toBe(366);
  for (const { width } of people) expect(width).toBeGreaterThan(150);
});

it('no space at all gives tiles of no size instead of an error', () => {
  const boxes = layoutStage(
    { large: 1, small: 3, isScreen: false },
    { width: 0, height: 0, gap: 10 },
  );
  for (const { width, height } of boxes) expect([width, height]).toEqual([0, 0]);
});

function liesWell(boxes: Box[], { width, height }: GridSpace): void {
  for (const box of boxes) {
    expect(box.width).toBeGreaterThan(20);
    expect(box.height).toBeGreaterThan(20);
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.top).toBeGreaterThanOrEqual(0);
    expect(box.left + box.width).toBeLessThanOrEqual(width);
    expect(box.top + box.height).toBeLessThanOrEqual(height);
  }
  for (const [index, one] of boxes.entries())
    for (const other of boxes.slice(index + 1)) expect(overlap(one, other)).toBe(false);
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}

function area(box: Box | undefined): number {
  return (box?.width ?? 0) * (box?.height ?? 0);
}
