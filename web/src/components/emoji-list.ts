import * as m from '../paraglide/messages.js';
import { perLanguage } from '../words/per-language.ts';

export type Emoji = { emoji: string; words: string };
export type EmojiGroup = { title: string; emoji: Emoji[] };

/** What people write with, by group; each with the words it is found by. */
const groups = perLanguage((): EmojiGroup[] =>
  [
    [m.emoji_smileys(), m.emoji_smileys_words()],
    [m.emoji_hands(), m.emoji_hands_words()],
    [m.emoji_nature(), m.emoji_nature_words()],
    [m.emoji_food(), m.emoji_food_words()],
    [m.emoji_things(), m.emoji_things_words()],
    [m.emoji_signs(), m.emoji_signs_words()],
  ].map(([title = '', list = '']) => ({
    title,
    emoji: list.split('|').map((one) => {
      const [emoji = '', ...words] = one.split(' ');
      return { emoji, words: words.join(' ') };
    }),
  })),
);

/** The groups with the emoji of which some word begins as each word of `sought` does; all of them for ''. */
export function emojiFor(sought: string): EmojiGroup[] {
  const wanted = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ words }: Emoji) =>
    wanted.every((begin) => words.split(' ').some((word) => word.startsWith(begin)));
  return groups()
    .map(({ title, emoji }) => ({ title, emoji: emoji.filter(fits) }))
    .filter(({ emoji }) => emoji.length > 0);
}
