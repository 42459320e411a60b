import { MAX_NAME } from '@confab/protocol';

/**
 * A name as it may be shown beside others (R20): NFC, on one line, without what is invisible, turns the text around or
 * piles up over other lines; at most 64 code points. Null if nothing readable is left.
 */
export function displayName(text: string): string | null {
  const visible = text
    .normalize('NFC')
    .replace(/[\p{Zl}\p{Zp}\p{Zs}\p{Cc}]+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/\p{M}{5,}/gu, (marks) => firstPoints(marks, 4))
    .replace(/ +/g, ' ')
    .trim();
  const name = firstPoints(visible, MAX_NAME).replace(/[\s\u200C\u200D]+$/u, '');
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(name) ? name : null;
}

function firstPoints(text: string, most: number): string {
  return Array.from(text).slice(0, most).join('');
}

// Joiners stay where writing needs them: inside emoji, and inside words of scripts whose letters join.
const JOINED_EMOJI =
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})';
const JOINING = [
  'Arabic',
  'Syriac',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Khmer',
  'Mongolian',
]
  .map((script) => `\\p{scx=${script}}`)
  .join('');
const JOINED_LETTERS = `(?<=[${JOINING}])[\\u200C\\u200D](?=[${JOINING}])`;
const BLANK_LETTERS = '\\u115F\\u1160\\u17B4\\u17B5\\u2800\\u3164\\uFFA0\\u034F';

/** Everything that does not draw: format characters but the joiners above, blank letters, unassigned and private ones. */
export const INVISIBLE = new RegExp(
  `(?!${JOINED_EMOJI}|${JOINED_LETTERS})[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}${BLANK_LETTERS}]`,
  'gu',
);
