import { afterEach, expect, it } from 'vitest';
import { speak } from '../words/spoken.svelte.ts';
import { emojiFor } from './emoji-list.ts';

afterEach(() => speak('en'));

const found = (sought: string) =>
  emojiFor(sought).flatMap(({ emoji }) => emoji.map((one) => one.emoji));

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
  expect(found('celeb')).toEqual(['🥳', '🎉']);
  expect(found('HEART bl')).toEqual(['💙', '🖤']);
  expect(found('nothing like it')).toEqual([]);
});

it.each([
  ['zh-Hans', '咖啡', '☕'],
  ['zh-Hans', '谢谢', '🙏'],
  ['ar', 'قهوة', '☕'],
  ['ar', 'أحمر', '🔴'],
  // As it is mostly typed, without what stands above or below a letter.
  ['ar', 'احمر', '🔴'],
  ['fr', 'cafe', '☕'],
  ['de', 'Müde', '😴'],
] as const)('is found in %s by %s', async (language, word, emoji) => {
  await speak(language);
  expect(found(word)).toContain(emoji);
});
