import { describe, expect, it } from 'vitest';
import type { Box } from './bounds.ts';
import { Viewport } from './viewport.svelte.ts';

function screen(width: number, height: number): Viewport {
  const viewport = new Viewport();
  viewport.width = width;
  viewport.height = height;
  return viewport;
}

const note = (left: number, top: number): Box => ({
  ...{ left, top },
  ...{ right: left + 200, bottom: top + 200 },
});

/** Which of these boxes lie wholly on the screen. */
function seen(viewport: Viewport, boxes: Box[]): number[] {
  return boxes.flatMap(({ left, top, right, bottom }, index) => {
    const [[x, y], [endX, endY]] = [
      viewport.toScreen([left, top]),
      viewport.toScreen([right, bottom]),
    ];
    return x >= 0 && y >= 0 && endX <= viewport.width && endY <= viewport.height ? [index] : [];
  });
}

describe.each([
  [390, 844],
  [1440, 900],
])('at %i × %i', (width, height) => {
  it.each([
    [[note(0, 0), note(5_000, 300)]],
    [[note(-7_000, 0), note(7_000, 0)]],
    [[note(0, -6_000), note(0, 0), note(0, 6_000)]],
    [[note(100, 100)]],
  ])('everything is shown', (boxes) => {
    const viewport = screen(width, height);
    viewport.fit(boxes);
    expect(seen(viewport, boxes)).toEqual(boxes.map((_, index) => index));
    expect(viewport.scale).toBeLessThanOrEqual(1);
  });

  it('a dot that somebody left far away takes nothing else out of sight', () => {
    const viewport = screen(width, height);
    const boxes = [note(0, 0), note(9_999_999, 9_999_999), note(900, 300), note(300, 900)];
    viewport.fit(boxes);
    expect(seen(viewport, boxes)).toEqual([0, 2, 3]);
    expect(viewport.scale).toBeGreaterThan(0.1);
  });
});

it('without anything, the origin is shown as it is', () => {
  const viewport = screen(390, 844);
  viewport.fit([]);
  expect([viewport.scale, viewport.toScreen([0, 0])]).toEqual([1, [0, 0]]);
});

it('what was fitted in very small is made larger and smaller from there', () => {
  const viewport = screen(390, 844);
  viewport.fit([note(0, 0), note(10_000, 0)]);
  const { scale } = viewport;
  expect(scale).toBeLessThan(0.1);
  viewport.zoom(1.5);
  expect(viewport.scale).toBeCloseTo(scale * 1.5, 6);
  viewport.zoom(0.1);
  expect(viewport.scale).toBeCloseTo(scale * 1.5, 6);
});
