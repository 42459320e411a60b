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
  [null, '?'],
])('%s is drawn as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

it('a seat keeps its colour, and seats differ', () => {
  expect(hueOf('AAAAAAAAAAAAAAAAAAAAAA')).toBe(hueOf('AAAAAAAAAAAAAAAAAAAAAA'));
  expect(hueOf('AAAAAAAAAAAAAAAAAAAAAA')).not.toBe(hueOf('BAAAAAAAAAAAAAAAAAAAAA'));
});
