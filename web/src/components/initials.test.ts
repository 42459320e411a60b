import { expect, it } from 'vitest';
import { hueOf, initialsOf } from './initials.ts';

it.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['Ada King Lovelace', 'AL'],
  ['Jean-Luc', 'JL'],
  ['  ', '?'],
  ['(Ada) [L]', 'AL'],
  ['👩‍🚀 Ada', '👩‍🚀A'],
  ['Élodie', 'É'],
  ['e\u0301lodie', 'E\u0301'],
  ['क्षमा', 'क्ष'],
  ['李 小龙', '李小'],
  ['Ada (2)', 'A2'],
  // As Arabic has it: isolated from the sentence.
  ['\u2068Ada\u2069 (2)', 'A2'],
  ['\u2068محمد\u2069 (2)', 'م2'],
  ['Chao（2）', 'C2'],
  ['\u2068Ada Lovelace\u2069', 'AL'],
  ['«\u2068you\u2069» (اسم شخص آخر)', 'Yآ'],
  ['דנה כהן', 'דכ'],
  ['עדה Lovelace', 'עL'],
  ['007', '0'],
  ['Ada 👩‍🚀', 'A👩‍🚀'],
  ["'Ndrangheta O'Hara", 'NO'],
  ['…', '?'],
  ['\u200f', '?'],
  [null, '?'],
])('%s is drawn as %s', (name, initials) => {
  expect(initialsOf(name).replace('\u200c', '')).toBe(initials);
});

it('two letters that would join stay two', () => {
  expect(initialsOf('محمد علي')).toBe('م\u200cع');
});

it('a seat keeps its colour, and seats differ', () => {
  expect(hueOf('AAAAAAAAAAAAAAAAAAAAAA')).toBe(hueOf('AAAAAAAAAAAAAAAAAAAAAA'));
  expect(hueOf('AAAAAAAAAAAAAAAAAAAAAA')).not.toBe(hueOf('BAAAAAAAAAAAAAAAAAAAAA'));
});
