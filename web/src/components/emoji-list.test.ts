import { expect, it } from 'vitest';
import { emojiFor } from './emoji-list.ts';

it('every emoji is there once, draws as one, and has a word it is found by', () => {
  const all = emojiFor('').flatMap(({ emoji }) => emoji);
  expect(new Set(all.map(({ emoji }) => emoji)).size).toBe(all.length);
  const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { emoji, words } of all) {
    expect([...segments.segment(emoji)], emoji).toHaveLength(1);
    expect(emoji).toMatch(/^[\p{Extended_Pictographic}\p{Emoji}]/u);
    expect(words, emoji).toMatch(/^[a-z]+( [a-z]+)*$/);
  }
});

it('is found by the beginning of any of its words', () => {
  const found = (sought: string) =>
    emojiFor(sought).flatMap(({ emoji }) => emoji.map((one) => one.emoji));
  expect(found('celeb')).toEqual(['🥳', '🎉']);
  expect(found('HEART bl')).toEqual(['💙', '🖤']);
  expect(found('nothing like it')).toEqual([]);
});
