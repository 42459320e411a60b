import { type BoardObject, type Position } from '../../call/board/board-object.ts';
import { layoutOf, reachOf } from './text-layout.ts';
import { PEN_WIDTHS } from './looks.ts';

/** A rectangle on the board. */
export type Box = { left: number; top: number; right: number; bottom: number };

const known = new WeakMap<BoardObject, Box>();

/** The rectangle that an object fills. */
export function boxOf(object: BoardObject): Box {
  const box = known.get(object) ?? measure(object);
  known.set(object, box);
  return box;
}

/** The rectangle around all of `boxes`; null around none. */
export function around(boxes: Iterable<Box>): Box | null {
  const [first, ...others] = boxes;
  if (!first) return null;
  const all = { ...first };
  for (const { left, top, right, bottom } of others) {
    all.left = Math.min(all.left, left);
    all.top = Math.min(all.top, top);
    all.right = Math.max(all.right, right);
    all.bottom = Math.max(all.bottom, bottom);
  }
  return all;
}

export function overlap(one: Box, other: Box): boolean {
  return (
    one.left <= other.right &&
    other.left <= one.right &&
    one.top <= other.bottom &&
    other.top <= one.bottom
  );
}

/** Whether an object lies at `position`, or within `reach` of it. */
export function isAt(object: BoardObject, position: Position, reach: number): boolean {
  return isTouched(object, position, position, reach);
}

/** Whether the way from one position to another comes within `reach` of an object. */
export function isTouched(
  object: BoardObject,
  from: Position,
  to: Position,
  reach: number,
): boolean {
  const box = boxOf(object);
  const way = around([
    {
      left: from[0] - reach,
      right: from[0] + reach,
      top: from[1] - reach,
      bottom: from[1] + reach,
    },
    { left: to[0] - reach, right: to[0] + reach, top: to[1] - reach, bottom: to[1] + reach },
  ]);
  if (way === null || !overlap(box, way)) return false;
  const { shape, at } = object;
  if (shape.kind !== 'stroke') return true;
  const near = reach + (PEN_WIDTHS[shape.width] ?? 0) / 2;
  const place = ([x, y]: readonly number[]): Position => [at[0] + (x ?? 0), at[1] + (y ?? 0)];
  let before = place(shape.points[0] ?? [0, 0]);
  for (const point of shape.points) {
    const here = place(point);
    // Both are short: their ends decide.
    const distances = [
      distance(from, before, here),
      distance(to, before, here),
      distance(here, from, to),
    ];
    if (Math.min(...distances) <= near || crosses(from, to, before, here)) return true;
    before = here;
  }
  return false;
}

function measure(object: BoardObject): Box {
  const { shape, at } = object;
  const [x, y] = at;
  if (shape.kind !== 'stroke') {
    const { width, height } = layoutOf(object);
    const left = x - reachOf(object);
    return { left, top: y, right: left + width, bottom: y + height };
  }
  const half = (PEN_WIDTHS[shape.width] ?? 0) / 2;
  const points = shape.points.map(([px, py]) => ({
    left: x + px - half,
    top: y + py - half,
    right: x + px + half,
    bottom: y + py + half,
  }));
  return around(points) ?? { left: x, top: y, right: x, bottom: y };
}

/** From a position to the line between two others. */
function distance([x, y]: Position, [ax, ay]: Position, [bx, by]: Position): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share =
    length === 0 ? 0 : Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1);
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}

/** Whether the line from `a` to `b` crosses that from `c` to `d`. */
function crosses(a: Position, b: Position, c: Position, d: Position): boolean {
  const side = ([x, y]: Position, [px, py]: Position, [qx, qy]: Position) =>
    Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
  return side(a, c, d) * side(b, c, d) < 0 && side(c, a, b) * side(d, a, b) < 0;
}
