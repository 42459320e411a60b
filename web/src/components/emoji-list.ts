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

/** The groups with the emoji of which some word begins as each word of `sought` does, accents and the like aside; all of them for ''. */
export function emojiFor(sought: string): EmojiGroup[] {
  const wanted = folded(sought).split(/\s+/).filter(Boolean);
  const fits = ({ words }: Emoji) => {
    const known = folded(words).split(' ');
    return wanted.every((begin) => known.some((word) => word.startsWith(begin)));
  };
  return groups()
    .map(({ title, emoji }) => ({ title, emoji: emoji.filter(fits) }))
    .filter(({ emoji }) => emoji.length > 0);
}

/** Many leave out what stands above a letter, in French as in Arabic. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
