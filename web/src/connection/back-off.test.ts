import { expect, test } from 'vitest';
import { BackOff } from './back-off.ts';
import { ManualClock } from './test/manual-clock.ts';

function trying() {
  const clock = new ManualClock();
  const backOff = new BackOff(clock);
  const tried: number[] = [];
  return { clock, backOff, tried, attempt: () => void tried.push(clock.now() / 1_000) };
}

test('tries come after 1, 2, 4, 8 and then every 10 s, and start over after a success', () => {
  const { clock, backOff, tried, attempt } = trying();
  for (let tries = 0; tries < 6; tries++) {
    backOff.schedule(attempt);
    clock.advance(10_000);
  }
  expect(tried).toEqual([1, 12, 24, 38, 50, 60]);
  expect(backOff.tries).toBe(6);
  backOff.succeeded();
  backOff.schedule(attempt);
  clock.advance(1_000);
  expect(tried.at(-1)).toBe(61);
});

test('what the last try itself took is no wait any more, but a second is always left', () => {
  const { clock, backOff, tried, attempt } = trying();
  for (const spentMs of [0, 0, 1_500, 20_000]) {
    backOff.schedule(attempt, spentMs);
    clock.advance(10_000);
  }
  expect(tried).toEqual([1, 12, 22.5, 31]);
});

test('while one is due, another is not added', () => {
  const { clock, backOff, tried, attempt } = trying();
  for (let times = 0; times < 5; times++) backOff.schedule(attempt);
  clock.advance(60_000);
  expect(tried).toEqual([1]);
});

test('nothing is tried after the stop', () => {
  const { clock, backOff, tried, attempt } = trying();
  backOff.schedule(attempt);
  backOff.stop();
  clock.advance(60_000);
  expect(tried).toEqual([]);
});
