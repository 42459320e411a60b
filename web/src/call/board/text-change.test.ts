import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { changeBetween, movedCaret, rewrite } from './text-change.ts';

test.each([
  ['', 'abc', { start: 0, removed: 0, inserted: 'abc' }],
  ['abc', '', { start: 0, removed: 3, inserted: '' }],
  ['abc', 'abxc', { start: 2, removed: 0, inserted: 'x' }],
  ['aaa', 'aa', { start: 2, removed: 1, inserted: '' }],
  ['one two', 'one three', { start: 5, removed: 2, inserted: 'hree' }],
  // Halves of a character are never taken apart.
  ['a😀b', 'a😁b', { start: 1, removed: 2, inserted: '😁' }],
  ['a😀b', 'a🐀b', { start: 1, removed: 2, inserted: '🐀' }],
])('%j becomes %j by one change', (before, after, change) => {
  expect(changeBetween(before, after)).toEqual(change);
});

test('what others write elsewhere stays', () => {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  one.getText('notes').insert(0, 'milk bread');
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  rewrite(one.getText('notes'), 'milk, eggs bread');
  rewrite(other.getText('notes'), 'milk bread and jam');
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  expect(one.getText('notes').toJSON()).toBe('milk, eggs bread and jam');
});

test('a caret stays with its word', () => {
  const text = 'one two three';
  const at = text.indexOf('two');
  expect(movedCaret(at, changeBetween(text, `zero ${text}`))).toBe(at + 5);
  expect(movedCaret(at, changeBetween(text, `${text} four`))).toBe(at);
  expect(movedCaret(at, changeBetween(text, 'two three'))).toBe(0);
});
