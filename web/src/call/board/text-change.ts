import type * as Y from 'yjs';

/** The one span in which two texts differ: from `start`, `removed` characters give way to `inserted`. */
export type TextChange = { start: number; removed: number; inserted: string };

export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (isHighHalf(before.charCodeAt(start - 1))) start--;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  if (isLowHalf(before.charCodeAt(before.length - end))) end--;
  return {
    start,
    removed: before.length - end - start,
    inserted: after.slice(start, after.length - end),
  };
}

/** Makes `text` read `after`, touching nothing but what differs: what others write elsewhere in it at the same time stays. */
export function rewrite(text: Y.Text, after: string): void {
  const before = text.toJSON();
  if (before === after) return;
  const { start, removed, inserted } = changeBetween(before, after);
  if (removed > 0) text.delete(start, removed);
  if (inserted !== '') text.insert(start, inserted);
}

/** Where a caret belongs after somebody else has changed the text around it. */
export function movedCaret(caret: number, { start, removed, inserted }: TextChange): number {
  if (caret <= start) return caret;
  return Math.max(start, caret - removed) + inserted.length;
}

function isHighHalf(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
