import { expect, it } from 'vitest';
import { beginsDay, goesOn } from './chat-times.ts';

const said = (at: number | null, from = 'ada', to: string | null = null) => ({ from, to, at });
const noon = new Date(2026, 10, 21, 12).getTime();
const night = new Date(2026, 10, 21, 23, 59).getTime();

it('messages of one person to the same people within five minutes go on', () => {
  expect(goesOn(said(noon + 299_000), said(noon))).toBe(true);
  expect(goesOn(said(null), said(noon))).toBe(true);
});

it.each([
  ['after five minutes', said(noon + 300_000), said(noon)],
  ['by somebody else', said(noon, 'bo'), said(noon)],
  ['to somebody else', said(noon, 'ada', 'bo'), said(noon)],
  ['on the next day', said(night + 60_000), said(night)],
  ['as the first', said(noon), undefined],
])('one %s begins anew', (_, message, before) => {
  expect(goesOn(message, before)).toBe(false);
});

it('a day begins once', () => {
  expect(beginsDay(noon, undefined)).toBe(true);
  expect(beginsDay(night, noon)).toBe(false);
  expect(beginsDay(night + 60_000, night)).toBe(true);
  expect(beginsDay(null, noon)).toBe(false);
});
