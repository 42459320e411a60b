import { expect, test } from 'vitest';
import { ManualClock } from './test/manual-clock.ts';
import { Weakness } from './weakness.ts';

function weakness() {
  const clock = new ManualClock();
  const log: boolean[] = [];
  return { clock, log, weak: new Weakness(clock, (now) => log.push(now)) };
}

test('R40 weak at once, and fair again when nothing has said otherwise for 3 s', () => {
  const { clock, log, weak } = weakness();
  weak.set('poor', true);
  expect(log).toEqual([true]);
  weak.set('poor', false);
  clock.advance(2_999);
  expect(log).toEqual([true]);
  clock.advance(1);
  expect(log).toEqual([true, false]);
});

test('R40 what comes and goes shows as weak throughout', () => {
  const { clock, log, weak } = weakness();
  for (let times = 0; times < 30; times++) {
    weak.set('quiet', true);
    clock.advance(500);
    weak.set('quiet', false);
    clock.advance(2_500);
  }
  expect(log).toEqual([true]);
});

test('R40 one reason outlives the other', () => {
  const { clock, log, weak } = weakness();
  weak.set('quiet', true);
  weak.set('poor', true);
  weak.set('quiet', false);
  clock.advance(60_000);
  expect(log).toEqual([true]);
});

test('a fair link is nothing to tell of, and nothing is told after the end', () => {
  const { clock, log, weak } = weakness();
  weak.set('poor', false);
  weak.set('poor', true);
  weak.set('poor', false);
  weak.stop();
  clock.advance(60_000);
  expect(log).toEqual([true]);
});
