import type { BoardObject } from '../../call/board/board-object.ts';

export const FONT = "'Figtree Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";

/** How text of a kind is set, in units. */
export const TEXT_LOOKS = {
  text: { size: 24, weight: 500, padding: 4, widest: 560, narrowest: 24, lowest: 32 },
  note: { size: 18, weight: 500, padding: 14, widest: 192, narrowest: 192, lowest: 144 },
};
export const LINE_HEIGHT = 1.3;

export type TextLayout = {
  lines: string[];
  width: number;
  height: number;
  isRightToLeft: boolean;
};

const known = new WeakMap<BoardObject, TextLayout>();
let measuring: CanvasRenderingContext2D | null = null;

/** The lines of a text or a note, and how much room they take. */
export function layoutOf(object: BoardObject): TextLayout {
  const layout = known.get(object) ?? lay(object);
  known.set(object, layout);
  return layout;
}

/** How far to the left of its place an object reaches: a text that is read from right to left begins there, as any other does. */
export function reachOf(object: BoardObject): number {
  if (object.shape.kind !== 'text') return 0;
  const { isRightToLeft, width } = layoutOf(object);
  return isRightToLeft ? width : 0;
}

export function fontOf(kind: 'text' | 'note'): string {
  const { size, weight } = TEXT_LOOKS[kind];
  return `${weight} ${size}px ${FONT}`;
}

function lay({ shape, text }: BoardObject): TextLayout {
  if (shape.kind === 'stroke') throw new Error('A stroke has no text.');
  const look = TEXT_LOOKS[shape.kind];
  measuring ??= document.createElement('canvas').getContext('2d');
  const context = measuring;
  if (context) context.font = fontOf(shape.kind);
  const widthOf = (line: string) => context?.measureText(line).width ?? 0;
  const inside = look.widest - 2 * look.padding;
  const lines = text.split('\n').flatMap((line) => wrap(line, inside, widthOf));
  const widest = Math.max(0, ...lines.map(widthOf));
  return {
    lines,
    width: Math.max(look.narrowest, Math.ceil(widest) + 2 * look.padding),
    height: Math.max(
      look.lowest,
      Math.ceil(lines.length * look.size * LINE_HEIGHT) + 2 * look.padding,
    ),
    isRightToLeft: /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text),
  };
}

/** Breaks between words, and within those that are longer than a line. */
function wrap(text: string, widest: number, widthOf: (line: string) => number): string[] {
  if (widthOf(text) <= widest) return [text];
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=\s)/)) {
    if (widthOf((line + part).trimEnd()) <= widest) {
      line += part;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const character of part) {
      if (line !== '' && widthOf(line + character) > widest && character.trim() !== '') {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return [...lines, line];
}
