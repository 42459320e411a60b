import { describe, expect, it } from 'vitest';
import { hostileNames } from '../../../tests/page/hostile-names.ts';
import type { ParticipantView } from '../connection/meeting-events.ts';
import { displayName } from '../connection/sealing/display-name.ts';
import { LANGUAGES } from '../words/languages.ts';
import { distinctName, looksLike, ROLE_WORDS, tellApart } from './distinct-name.ts';
import { view } from './test/fakes.ts';

const messages = import.meta.glob<Record<string, string>>('../../messages/*.json', {
  eager: true,
  import: 'default',
});

const marked = (name: string) => `“${name}” (name of another person)`;

describe('a word of the app', () => {
  it.each(Object.keys(LANGUAGES))('is taken as %s writes it', (language) => {
    const { you, host } = messages[`../../messages/${language}.json`] ?? {};
    expect(ROLE_WORDS).toEqual(expect.arrayContaining([you, host]));
  });

  it.each(ROLE_WORDS)('%s is no name, nor behind one', (word) => {
    for (const name of [word, word.toUpperCase(), `Ann (${word})`, `Ann – ${word}`, `[${word}]`])
      expect(distinctName(name)).toBe(marked(name));
  });

  it.each([
    'you',
    'Y o u',
    'Yóu.',
    'Ｙｏｕ',
    '“You”',
    'Y\u043eu',
    '\u0423ou',
    '\u03a5o\u03c5',
    'Y0u',
    'You\ufe0f',
    'Y\u200bo\u2060u',
    '\u202eYou',
    'You (host)',
    'You(HOST)',
    'Host (you)',
    'You host',
    '\u041d\u043est',
    'Ann (you)',
    'Ann（You）',
    'Ann · Host',
    'שלום (host)',
  ])('%j is marked as the name of somebody else', (name) => {
    expect(distinctName(name)).toBe(marked(name));
  });

  it.each([
    ...['Ann', 'Youri', 'Yu', 'Yo', 'Thank you', 'Ίων', 'Ю', '!!!', '😀'],
    ...['Hosta', 'Jean d’Hôte', 'Marie-Sie', 'Ann (hostess)', 'Host Meier', '您好'],
  ])('%s stays as it is', (name) => expect(distinctName(name)).toBe(name));
});

/** The names that are shown of people who come in this order. */
function shown(...names: (string | null)[]): (string | null)[] {
  return shownOf(Object.fromEntries(names.map((name, index) => [index + 1, name])));
}

/** The same of people by their arrivals. */
function shownOf(people: Record<number, string | null>): (string | null)[] {
  const views = Object.entries(people).map(([arrival, name]) =>
    view(`p${arrival}`, { name, arrival: Number(arrival) }),
  );
  return tellApart(views).map(({ name }) => name);
}

describe('somebody who looks like somebody else', () => {
  it.each([
    ['case', 'alice'],
    ['spaces', ' Alice '],
    ['a zero-width space', 'A\u200blice'],
    ['a zero-width joiner', 'Ali\u200dce'],
    ['a variation selector', 'Alice\ufe0f'],
    ['tags', 'A\u{E0041}lice'],
    ['a grapheme joiner', 'A\u034flice'],
    ['a soft hyphen', 'Ali\u00adce'],
    ['an override', '\u202dAlice'],
    ['a right-to-left mark', 'Ali\u200fce'],
    ['a blank letter', 'Alice\u3164'],
    ['wide letters', 'Ａｌｉｃｅ'],
    ['mathematical letters', '\u{1D4D0}\u{1D4F5}\u{1D4F2}\u{1D4EC}\u{1D4EE}'],
    ['Cyrillic letters', '\u0410l\u0456\u0441\u0435'],
    ['a palochka', 'A\u04cfice'],
    ['a lunate sigma', 'Ali\u03f2e'],
    ['a large I', 'AIice'],
    ['a large Cyrillic I', 'A\u0406ice'],
    ['a large Greek iota', 'A\u0399ice'],
    ['a one', 'A1ice'],
    ['a bold one', 'A\u{1D7CF}ice'],
    ['a bar', 'A|ice'],
    ['a click', 'A\u01c0ice'],
  ])('by %s is numbered', (_, name) => {
    expect(shown('Alice', name)).toEqual(['Alice (1)', `${name} (2)`]);
    expect(looksLike('Alice', name)).toBe(true);
  });

  it('is numbered by arrival, both of them, and never into a name that somebody has', () => {
    expect(shownOf({ 3: 'Alice', 7: 'Bo', 20: 'alice' })).toEqual([
      'Alice (3)',
      'Bo',
      'alice (20)',
    ]);
    expect(shown('Alice', 'Alice (3)', 'Alice')).toEqual([
      'Alice (1)',
      'Alice (3) (2)',
      'Alice (3)',
    ]);
    expect(shown('You', 'you')).toEqual([`${marked('You')} (1)`, `${marked('you')} (2)`]);
  });

  it('has the same number for everybody, whoever they have seen before', () => {
    expect(shownOf({ 1: 'Alice', 2: 'Alice' })).toEqual(['Alice (1)', 'Alice (2)']);
    expect(shownOf({ 2: 'Alice' })).toEqual(['Alice']);
    expect(shownOf({ 2: 'Alice', 3: 'Alice' })).toEqual(['Alice (2)', 'Alice (3)']);
    expect(shownOf({ 2: 'Alice', 3: 'Alice', 9: 'Alice' })).toEqual([
      'Alice (2)',
      'Alice (3)',
      'Alice (9)',
    ]);
  });

  it('is told apart though the server counts them as one arrival', () => {
    const views = ['a', 'b', 'c'].map((id) => view(id, { name: 'Alice', arrival: 4 }));
    expect(tellApart(views).map(({ name }) => name)).toEqual([
      'Alice (4)',
      'Alice (5)',
      'Alice (6)',
    ]);
  });

  it.each([
    ['Ian', 'lan'],
    ['Bill', 'BiIl'],
    ['Elle', 'E11e'],
    ['Anna I', 'Anna 1'],
    ['Anna II', 'Anna ll'],
  ])('as %s and %s do is numbered', (one, other) => {
    expect(shown(one, other)).toEqual([`${one} (1)`, `${other} (2)`]);
    expect(looksLike(other, one)).toBe(true);
  });

  it.each([
    ['Ian', 'Lan'],
    ['Neil', 'Nell'],
    ['NEIL', 'NELL'],
    ['Lia', 'Ila'],
    ['Bili', 'Bill'],
  ])('as %s and %s do not is not', (one, other) => {
    expect(shown(one, other)).toEqual([one, other]);
    expect(looksLike(one, other)).toBe(false);
  });

  it.each(['Alice', 'You'])('is told apart from oneself, who keeps the own name (%s)', (own) => {
    const people = [view('0', { name: own }), view('1', { name: own }), view('2', { name: own })];
    const seen = (self: number) =>
      tellApart(people.map((one, index) => ({ ...one, isSelf: index === self }))).map(
        ({ name }) => name,
      );
    const [first, second, third] = seen(-1);
    expect(seen(0)).toEqual([own, second, third]);
    expect(seen(2)).toEqual([first, second, own]);
  });

  it.each(['Alicia', 'Al ice', 'Álice', 'Alice B.'])('%s does not', (name) => {
    expect(shown('Alice', name)).toEqual(['Alice', name]);
    expect(looksLike('Alice', name)).toBe(false);
  });

  it('without a name is nobody’s double', () => expect(shown(null, null)).toEqual([null, null]));
});

it('R20 sixty hostile names beside each other: no two look alike, none passes for oneself or a host', () => {
  const views: ParticipantView[] = hostileNames
    .flat()
    .map((name, index) => view(String(index), { name: displayName(name) }));
  const names = tellApart([{ ...view('self', { name: 'Alice' }), isSelf: true }, ...views])
    .map(({ name }) => name)
    .filter((name) => name !== null);
  expect(names.length).toBeGreaterThan(50);
  for (const [index, one] of names.entries())
    for (const other of names.slice(index + 1))
      expect(looksLike(one, other), `${one} and ${other}`).toBe(false);
  for (const own of ['You', 'you', 'You (host)']) expect(names).not.toContain(own);
});
