import { getStroke } from 'perfect-freehand';
import type { BoardShape } from '../../call/board/board-object.ts';
import type { StrokePoint } from '../../call/board/stroke-points.ts';
import { PEN_WIDTHS } from './looks.ts';

type Stroke = Extract<BoardShape, { kind: 'stroke' }>;

const known = new WeakMap<StrokePoint[], Path2D>();

/** What a finished stroke fills, around its own origin. */
export function outlineOf(stroke: Stroke): Path2D {
  const path = known.get(stroke.points) ?? outline(stroke, true);
  known.set(stroke.points, path);
  return path;
}

/** What a stroke fills; while it is being drawn it does not taper yet. */
export function outline({ points, width, isPen }: Stroke, isDone: boolean): Path2D {
  const corners = getStroke(points, {
    size: PEN_WIDTHS[width] ?? 4,
    thinning: 0.45,
    smoothing: 0.5,
    streamline: 0.35,
    simulatePressure: !isPen,
    last: isDone,
  });
  const path = new Path2D();
  const [first] = corners;
  if (!first) return path;
  path.moveTo(...place(first));
  // Rounded: each corner bends the line between the middles of its two sides.
  for (const [index, corner] of corners.entries()) {
    const [x, y] = place(corner);
    const [nextX, nextY] = place(corners[(index + 1) % corners.length] ?? first);
    path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
  }
  path.closePath();
  return path;
}

function place([x = 0, y = 0]: number[]): [number, number] {
  return [x, y];
}
