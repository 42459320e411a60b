import { expect, it } from 'vitest';
import type { BoardObject } from '../../call/board/board-object.ts';
import { boxOf } from './bounds.ts';

const written = (text: string, kind: 'text' | 'note' = 'text'): BoardObject => ({
  id: text,
  order: 0,
  shape: { kind, color: 0 },
  at: [100, 50],
  text,
});

it('a text begins where it was put, whichever way it is read', () => {
  const english = boxOf(written('Agenda: بند'));
  expect([english.left, english.top]).toEqual([100, 50]);
  const arabic = boxOf(written('بند: Agenda'));
  expect([arabic.right, arabic.top]).toEqual([100, 50]);
  expect(arabic.left).toBeLessThan(100);
});

it('a note lies where it was put, whatever is written on it', () => {
  expect(boxOf(written('بند', 'note'))).toEqual(boxOf(written('item', 'note')));
});
