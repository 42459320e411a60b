import { expect, it } from 'vitest';
import { Mix } from './mix.svelte.ts';

/** Lets each of these speak for `seconds`, at their own loudness. */
function speaking(mix: Mix, levels: Record<string, number>, seconds = 10) {
  for (let now = 0; now < seconds * 1_000; now += 100)
    for (const [id, level] of Object.entries(levels)) mix.hear(id, level, now);
}

it('plays everybody in full until somebody was heard for a while', () => {
  const mix = new Mix();
  speaking(mix, { ada: 1, bo: 0.4 }, 2);
  expect([mix.volume('ada', true), mix.volume('bo', true)]).toEqual([1, 1]);
});

it('plays the loud softer, nobody louder, and everybody in full where that is switched off', () => {
  const mix = new Mix();
  speaking(mix, { ada: 0.7, bo: 0.6, cy: 0.4 });
  expect(mix.volume('bo', true)).toBe(1);
  expect(mix.volume('cy', true)).toBe(1);
  // A tenth of the scale is 4.3 dB.
  expect(mix.volume('ada', true)).toBeCloseTo(10 ** (-4.3 / 20), 2);
  expect(mix.volume('ada', false)).toBe(1);
});

it('makes nobody softer than by 10 dB', () => {
  const mix = new Mix();
  speaking(mix, { ada: 1, bo: 0.3 });
  expect(mix.volume('ada', true)).toBeCloseTo(10 ** (-10 / 20), 2);
});

it('does not let one who claims to whisper make all the others soft', () => {
  const mix = new Mix();
  speaking(mix, { ada: 0.6, bo: 0.6, cy: 0.6, liar: 0.01 });
  expect(['ada', 'bo', 'cy'].map((id) => mix.volume(id, true))).toEqual([1, 1, 1]);
});

it('plays somebody as one has chosen, besides, also when they are back after they were cut off', () => {
  const mix = new Mix();
  mix.choose('ada', 0.5);
  expect(mix.volume('ada', true)).toBe(0.5);
  mix.choose('ada', 7);
  expect(mix.chosen('ada')).toBe(1);
  mix.choose('ada', 0.2);
  mix.forget('ada');
  expect(mix.volume('ada', true)).toBe(0.2);
});
