import { expect, it } from 'vitest';
import { chooseStage, type Gaze, type Tile } from './stage-choice.ts';

const person = (key: string): Tile => ({ key, kind: 'person', isSelf: key === 'self' });
const screen = (key: string, isSelf = false): Tile => ({ key, kind: 'screen', isSelf });
const people = [person('ada'), person('bo'), person('self')];

function large(tiles: Tile[], gaze: Partial<Gaze> = {}): string[] {
  const [shown, beside] = chooseStage(tiles, {
    mode: 'automatic',
    pinned: null,
    speaker: null,
    ...gaze,
  });
  expect([...shown, ...beside].map(({ key }) => key).sort()).toEqual(
    tiles.map(({ key }) => key).sort(),
  );
  return beside.length === 0 ? [] : shown.map(({ key }) => key);
}

it('shows people alike while nobody shares anything', () => {
  expect(large(people)).toEqual([]);
  expect(large(people, { speaker: 'bo' })).toEqual([]);
});

it("gives the stage to a shared screen, and to several, but not to one's own", () => {
  expect(large([screen('a'), ...people])).toEqual(['a']);
  expect(large([screen('a'), screen('b'), ...people])).toEqual(['a', 'b']);
  expect(large([screen('own', true), screen('b'), ...people])).toEqual(['b']);
  expect(large([screen('own', true), ...people])).toEqual(['ada', 'bo', 'self']);
});

it('shows all alike where that was chosen, screens as well', () => {
  expect(large([screen('a'), ...people], { mode: 'grid' })).toEqual([]);
});

it('shows one person large where that was chosen: who has the floor, but never oneself', () => {
  const mode = 'speaker';
  expect(large(people, { mode, speaker: 'bo' })).toEqual(['bo']);
  expect(large(people, { mode })).toEqual(['ada']);
  expect(large(people, { mode, speaker: 'self' })).toEqual(['ada']);
  expect(large(people, { mode, speaker: 'somebody who left' })).toEqual(['ada']);
  expect(large([screen('a'), ...people], { mode, speaker: 'bo' })).toEqual(['a']);
  expect(large([person('self')], { mode })).toEqual([]);
});

it('puts what is pinned before all, while it is there', () => {
  expect(large([screen('a'), ...people], { pinned: 'bo', mode: 'grid' })).toEqual(['bo']);
  expect(large([screen('a'), ...people], { pinned: 'self' })).toEqual(['self']);
  expect(large([screen('a'), ...people], { pinned: 'gone' })).toEqual(['a']);
});
