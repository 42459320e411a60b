import { expect, it } from 'vitest';
import { chooseFloating } from './floating-choice.ts';

const person = (id: string, isSharing = false) => ({ id, isSelf: id === 'self', isSharing });
const ids = (...shown: Parameters<typeof chooseFloating>) =>
  chooseFloating(...shown).map(({ key }) => key);

it('shows the others, and oneself only when alone', () => {
  expect(ids([person('self')], null)).toEqual(['person self']);
  expect(ids([person('ada'), person('self')], null)).toEqual(['person ada']);
});

it('shows four at most, among them whoever has the floor', () => {
  const many = ['ada', 'bo', 'cy', 'di', 'ed', 'flo', 'self'].map((id) => person(id));
  expect(ids(many, 'bo')).toEqual(['person ada', 'person bo', 'person cy', 'person di']);
  expect(ids(many, 'flo')).toEqual(['person ada', 'person bo', 'person cy', 'person flo']);
  expect(ids(many, 'somebody who left')).toHaveLength(4);
});

it("shows the others' screens alone, where there are any", () => {
  expect(ids([person('ada', true), person('bo'), person('self', true)], 'bo')).toEqual([
    'screen ada',
  ]);
});
