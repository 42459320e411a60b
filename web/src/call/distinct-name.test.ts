import { expect, it } from 'vitest';
import { distinctName } from './distinct-name.ts';

it.each([
  'You',
  'you',
  'YOU',
  'Y o u',
  'Yóu.',
  'Ｙｏｕ',
  '“You”',
  'Y\u043eu',
  '\u0423ou',
  '\u03a5o\u03c5',
  'Y0u',
  'Ann (you)',
  'Ann（You）',
])('%s is marked as the name of somebody else', (name) => {
  expect(distinctName(name)).toBe(`“${name}” (name of another person)`);
});

it.each(['Ann', 'Youri', 'Yu', 'Yo', 'Thank you', 'Ίων', 'Ю', '!!!', '😀'])(
  '%s stays as it is',
  (name) => expect(distinctName(name)).toBe(name),
);
