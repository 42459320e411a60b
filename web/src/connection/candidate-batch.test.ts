import { expect, test } from 'vitest';
import { CandidateBatch } from './candidate-batch.ts';
import { ManualClock } from './test/manual-clock.ts';

const candidate = { candidate: 'x', sdpMid: '0', sdpMLineIndex: 0 };

function batching() {
  const clock = new ManualClock();
  const sizes: number[] = [];
  const batch = new CandidateBatch(clock, (candidates) => sizes.push(candidates.length));
  return { clock, sizes, batch };
}

test('R23 the first candidates wait for 5 ms, since the other side waits for them', () => {
  const { clock, sizes, batch } = batching();
  batch.add(candidate);
  clock.advance(4);
  batch.add(candidate);
  expect(sizes).toEqual([]);
  clock.advance(1);
  expect(sizes).toEqual([2]);
});

test('R23 later candidates are gathered for 30 ms from the first of them', () => {
  const { clock, sizes, batch } = batching();
  batch.add(candidate);
  clock.advance(5);
  batch.add(candidate);
  clock.advance(29);
  batch.add(candidate);
  expect(sizes).toEqual([1]);
  clock.advance(1);
  expect(sizes).toEqual([1, 2]);
});

test('R23 what comes after a pause waits for 5 ms again', () => {
  const { clock, sizes, batch } = batching();
  batch.add(candidate);
  clock.advance(5 + 31);
  batch.add(candidate);
  clock.advance(5);
  expect(sizes).toEqual([1, 1]);
});

test('R23 never more than 64 in one', () => {
  const { clock, sizes, batch } = batching();
  for (let count = 0; count < 130; count++) batch.add(candidate);
  clock.advance(1_000);
  expect(sizes).toEqual([64, 64, 2]);
});

test('nothing is sent after the end', () => {
  const { clock, sizes, batch } = batching();
  batch.add(candidate);
  batch.clear();
  clock.advance(1_000);
  expect(sizes).toEqual([]);
});
