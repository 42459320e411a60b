import type { ParticipantView } from '../connection/meeting-events.ts';
import * as m from '../paraglide/messages.js';

/** What the app calls oneself and a host, in every language that others may read it in (the test compares them with web/messages). */
export const ROLE_WORDS = [
  ...['You', 'Sie', 'Usted', 'Vous', '您', 'أنت'],
  ...['Host', 'Anfitrión', 'Hôte', '主持人', 'مضيف'],
];

/**
 * The letters of the Greek and Cyrillic alphabets that look like Latin ones (from Unicode's confusables.txt), capitals and small ones apart; and
 * those of the Armenian one and the digits that look like the letters of `You`.
 */
const LATIN = new Map(
  Object.entries({
    a: 'аАαΑ',
    b: 'ВΒ',
    c: 'сСϲϹ',
    d: 'ԁ',
    e: 'еЕΕ',
    h: 'һНΗ',
    I: 'ІΙ',
    i: 'іι',
    j: 'јЈ',
    k: 'кКκΚ',
    l: 'ӏӀ',
    m: 'мМΜ',
    n: 'Ν',
    o: 'оОοΟօՕ0',
    p: 'рРρΡ',
    q: 'ԛ',
    s: 'ѕЅ',
    t: 'тТτΤ',
    u: 'υսՍ',
    v: 'ѵѴν',
    w: 'ԝԜ',
    x: 'хХχΧ',
    y: 'уУүҮΥγ',
    z: 'Ζ',
  }).flatMap(([latin, others]) => Array.from(others).map((other) => [other, latin] as const)),
);

const roles = ROLE_WORDS.map((word) => lettersOf(skeletonOf(word))).join('|');
/** Nothing but such words, or such words set off at the end: in brackets or behind a dash, as the app itself adds them. */
const passesForRole = new RegExp(`^(?:${roles})+$`, 'u');
const endsWithRole = new RegExp(`[\\p{Ps}·•|–—](?:${roles})+[^\\p{L}\\p{N}]*$`, 'u');

/**
 * Another person's display name as it may stand beside one's own tile and row: one that reads like the app's word for oneself or for a host is
 * marked as a name.
 */
export function distinctName(name: string): string {
  const skeleton = skeletonOf(name);
  const isMisleading = passesForRole.test(lettersOf(skeleton)) || endsWithRole.test(skeleton);
  return isMisleading ? m.not_you({ name }) : name;
}

/** Whether nobody could tell the two names apart on a screen. */
export function looksLike(one: string, other: string): boolean {
  const looks = looksOf(one);
  return looksOf(other).some((look) => looks.includes(look));
}

/**
 * Everybody, in order of arrival, by names of which no two look alike: what would be taken for oneself or for a host is marked, and all who
 * would be taken for one another are numbered by their arrivals. It follows from who is there and nothing else, so everybody reads the same,
 * whenever they came. Oneself keeps the own name.
 */
export function tellApart(views: ParticipantView[]): ParticipantView[] {
  let last = 0;
  // A server that counts two people as one arrival makes no doubles of them.
  const numbers = views.map(({ arrival }) => (last = Math.max(arrival, last + 1)));
  const names = views.map(({ name }) => name && distinctName(name));
  const alike = new Set<number>();
  for (;;) {
    const shown = names.map((name, index) =>
      name && alike.has(index) ? m.name_again({ name, number: numbers[index] ?? 0 }) : name,
    );
    const before = alike.size;
    // A number may make a name that somebody has: then they are numbered, too.
    for (const index of doublesIn(shown)) alike.add(index);
    if (alike.size === before)
      return views.map((view, index) =>
        view.isSelf ? view : { ...view, name: shown[index] ?? null },
      );
  }
}

/** Where those are whom others look like. */
function doublesIn(names: (string | null)[]): number[] {
  const looks = names.map((name) => (name === null ? [] : looksOf(name)));
  const seen = new Map<string, number>();
  return looks.flatMap((own, index) =>
    own.flatMap((look) => {
      const first = seen.get(look) ?? index;
      seen.set(look, first);
      return first === index ? [] : [first, index];
    }),
  );
}

/** What is left of a name for the eye, in small letters, and where large I, l and 1 are one stroke: alike in either is alike. */
function looksOf(name: string): string[] {
  // Some of these letters are taken for quite others when a name is normalized.
  const drawn = withLatinLetters(name)
    .replace(/\p{DI}/gu, '')
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim();
  const latin = withLatinLetters(drawn);
  // Only a large L differs from such a stroke by more than its height.
  const strokes = latin.replace(/[^L]/g, (letter) =>
    STROKES.includes(letter) ? 'l' : letter.toLowerCase(),
  );
  // Each is compared with its like: a name has no line break.
  return [latin.toLowerCase(), `\n${strokes}`];
}

const STROKES = 'I1|\u01c0\u2223\u2502';

/** What a name looks like at a glance: also without accents and spaces. */
function skeletonOf(name: string): string {
  const letters = withLatinLetters(name)
    .normalize('NFKD')
    .replace(/[\p{DI}\p{M}\p{Z}]/gu, '');
  return withLatinLetters(letters).toLowerCase();
}

function withLatinLetters(text: string): string {
  return Array.from(text, (letter) => LATIN.get(letter) ?? letter).join('');
}

function lettersOf(skeleton: string): string {
  return skeleton.replace(/[^\p{L}\p{N}]/gu, '');
}
