import type { BoardObject, Position } from '../../call/board/board-object.ts';
import { type Box, boxOf, overlap } from './bounds.ts';
import { COLORS } from './looks.ts';
import { outlineOf } from './stroke-outline.ts';
import { LINE_HEIGHT, TEXT_LOOKS, fontOf, layoutOf, reachOf } from './text-layout.ts';

type Context = CanvasRenderingContext2D;

const GRID = 32;
const DOT = '#dcd8d0';
const SELECTED = '#14584a';

/** Draws those of `objects` that `shown` has room for, in the board's units. Texts are drawn, and nothing else is done with them. */
export function paintObjects(context: Context, objects: Iterable<BoardObject>, shown: Box): void {
  for (const object of objects) if (overlap(boxOf(object), shown)) paintObject(context, object);
}

function paintObject(context: Context, object: BoardObject): void {
  const { shape, at } = object;
  const { ink, paper } = COLORS[shape.color] ?? COLORS[0];
  context.save();
  context.translate(...at);
  if (shape.kind === 'stroke') {
    context.fillStyle = ink;
    context.fill(outlineOf(shape));
  } else {
    const { width, height } = layoutOf(object);
    if (shape.kind === 'note') paintNote(context, paper, width, height);
    context.fillStyle = shape.kind === 'note' ? COLORS[0].ink : ink;
    context.translate(-reachOf(object), 0);
    paintText(context, object);
  }
  context.restore();
}

/** Dots that show how the board moves and how large it is drawn. */
export function paintGrid(context: Context, shown: Box, scale: number): void {
  if (scale < 0.4) return;
  context.fillStyle = DOT;
  const size = 2 / scale;
  const first = (from: number) => Math.ceil(from / GRID) * GRID;
  for (let x = first(shown.left); x < shown.right; x += GRID)
    for (let y = first(shown.top); y < shown.bottom; y += GRID)
      context.fillRect(x - size / 2, y - size / 2, size, size);
}

/** Frames what is selected, in lines that are as thin at every scale. */
export function paintFrame(
  context: Context,
  { left, top, right, bottom }: Box,
  scale: number,
): void {
  context.strokeStyle = SELECTED;
  context.lineWidth = 1.5 / scale;
  context.setLineDash([5 / scale, 4 / scale]);
  const gap = 4 / scale;
  context.strokeRect(left - gap, top - gap, right - left + 2 * gap, bottom - top + 2 * gap);
  context.setLineDash([]);
}

export function moved(object: BoardObject, [x, y]: Position): BoardObject {
  return { ...object, at: [object.at[0] + x, object.at[1] + y] };
}

function paintNote(context: Context, paper: string, width: number, height: number): void {
  context.save();
  context.shadowColor = '#0003';
  context.shadowBlur = 10;
  context.shadowOffsetY = 3;
  context.fillStyle = paper;
  context.beginPath();
  context.roundRect(0, 0, width, height, 4);
  context.fill();
  context.restore();
}

function paintText(context: Context, object: BoardObject): void {
  const { kind } = object.shape;
  if (kind === 'stroke') return;
  const { size, padding } = TEXT_LOOKS[kind];
  const { lines, width, isRightToLeft } = layoutOf(object);
  context.font = fontOf(kind);
  context.textBaseline = 'middle';
  context.direction = isRightToLeft ? 'rtl' : 'ltr';
  context.textAlign = 'start';
  const start = isRightToLeft ? width - padding : padding;
  for (const [index, line] of lines.entries())
    context.fillText(line, start, padding + (index + 0.5) * size * LINE_HEIGHT);
}
