import * as Y from 'yjs';
import { LONGEST_TEXT } from '../../connection/board/board-limits.ts';
import { type StrokePoint, decodePoints, encodePoints } from './stroke-points.ts';

/** How many colours and widths there are; what they look like is the screen's affair. */
const COLORS = 6;
const WIDTHS = 3;

export type Position = [x: number, y: number];

/** What never changes of an object. */
export type BoardShape =
  /** `isPen`: drawn with something that feels pressure. */
  | { kind: 'stroke'; color: number; width: number; isPen: boolean; points: StrokePoint[] }
  | { kind: 'text'; color: number }
  | { kind: 'note'; color: number };

/** Something on the board. Coordinates are the board's units, which are CSS pixels as long as nobody zooms. */
export type BoardObject = {
  id: string;
  /** Greater ones lie above smaller ones. */
  order: number;
  shape: BoardShape;
  at: Position;
  /** Empty for strokes. */
  text: string;
};

const FARTHEST = 1e7;
/** What is put there when something has this order already has it too: which of them lies above is not said then (R99). */
export const HIGHEST_ORDER = FARTHEST - 1;
const SHAPE = 'shape';
const AT = 'at';
const TEXT = 'text';
const GONE = 'gone';

/** An object as the document keeps it (R99). */
export function writeObject({ order, shape, at, text }: Omit<BoardObject, 'id'>): Y.Map<unknown> {
  const kept = new Y.Map();
  kept.set(SHAPE, packed(order, shape));
  placeObject(kept, at);
  if (shape.kind !== 'stroke') kept.set(TEXT, new Y.Text(text));
  return kept;
}

export function placeObject(kept: Y.Map<unknown>, at: Position): void {
  kept.set(AT, at);
}

/** Takes it away, and leaves what others write into it meanwhile: it is there when the mark is undone. */
export function markGone(kept: Y.Map<unknown>): void {
  kept.set(GONE, true);
}

/** The text of a kept object, for whoever writes into it. */
export function textOf(kept: Y.Map<unknown> | undefined): Y.Text | null {
  const text = kept?.get(TEXT);
  return text instanceof Y.Text ? text : null;
}

/** The object that `kept` is, or null for what this app would not have written: anybody may have. */
export function readObject(id: string, kept: unknown): BoardObject | null {
  if (!(kept instanceof Y.Map) || kept.get(GONE) === true) return null;
  const at = readPosition(kept.get(AT));
  const [order, shape] = unpacked(kept.get(SHAPE)) ?? [];
  if (at === null || order === undefined || shape === undefined) return null;
  const text = shape.kind === 'stroke' ? '' : (textOf(kept)?.toJSON() ?? '');
  return { id, order, shape, at, text: text.slice(0, LONGEST_TEXT) };
}

function packed(order: number, shape: BoardShape): unknown[] {
  const { kind, color } = shape;
  if (shape.kind !== 'stroke') return [kind, order, color];
  return [kind, order, color, shape.width, shape.isPen, encodePoints(shape.points)];
}

function unpacked(value: unknown): [order: number, shape: BoardShape] | null {
  if (!Array.isArray(value)) return null;
  const [kind, order, color, width, isPen, bytes] = value as unknown[];
  if (!isIndex(order, FARTHEST) || !isIndex(color, COLORS)) return null;
  if (kind === 'text' || kind === 'note') return [order, { kind, color }];
  if (kind !== 'stroke' || !isIndex(width, WIDTHS) || !(bytes instanceof Uint8Array)) return null;
  const points = decodePoints(bytes);
  return points && [order, { kind, color, width, isPen: isPen === true, points }];
}

function readPosition(value: unknown): Position | null {
  if (!Array.isArray(value)) return null;
  const [x, y] = value as unknown[];
  return isNear(x) && isNear(y) ? [x, y] : null;
}

function isNear(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= FARTHEST;
}

function isIndex(value: unknown, end: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < end;
}
