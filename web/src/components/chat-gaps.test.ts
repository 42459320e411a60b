import { expect, it } from 'vitest';
import { isBroken } from './chat-gaps.ts';

const at = (seq: number | null) => ({ seq });

/** Before which of these messages something is missing; `length`: at the end. */
function brokenBefore(gaps: number[], ...places: (number | null)[]): number[] {
  const entries = places.map(at);
  return [...entries, undefined].flatMap((entry, index) =>
    isBroken(gaps, entries[index - 1], entry) ? [index] : [],
  );
}

it.each<[number[], (number | null)[], number[]]>([
  [[], [1, 2, 60], []],
  [[50], [1, 2, 51, 52], [2]],
  [[50], [1, 2, 60, null], [2]],
  // Of what was said last, nothing is kept.
  [[50], [1, 2], [2]],
  [[50], [1, 2, null, null], [2]],
  [[50], [51, 52], [0]],
  [[50], [], [0]],
  [
    [50, 300],
    [1, 60, 310],
    [1, 2],
  ],
  // What came while one was read about stands in between, and is not missing.
  [
    [50, 300],
    [1, 40, 60, 310],
    [2, 3],
  ],
  [[50, 60], [1, 70], [1]],
])(
  'where up to %j nothing is kept, of messages at %j those at %j follow a gap',
  (gaps, places, broken) => {
    expect(brokenBefore(gaps, ...places)).toEqual(broken);
  },
);
