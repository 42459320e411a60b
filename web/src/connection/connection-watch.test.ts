import { expect, test } from 'vitest';
import { ConnectionWatch } from './connection-watch.ts';
import { ManualClock } from './test/manual-clock.ts';

function watching() {
  const clock = new ManualClock();
  const log: string[] = [];
  const state = { reachable: true };
  const watch = new ConnectionWatch(clock, 20_000, {
    isReachable: () => state.reachable,
    onUnanswered: () => log.push('unanswered'),
    onStuck: () => log.push('stuck'),
  });
  return { clock, log, state, watch };
}

test('R34 an offer without answer for 8 s, and for 8 more', () => {
  const { clock, log, watch } = watching();
  watch.connected();
  watch.offered();
  clock.advance(7_999);
  expect(log).toEqual([]);
  expect(watch.isUnanswered).toBe(true);
  clock.advance(1);
  expect(log).toEqual(['unanswered']);
  clock.advance(8_000);
  expect(log).toEqual(['unanswered', 'unanswered']);
});

test('an answered offer, and a connection that stands, are left alone', () => {
  const { clock, log, watch } = watching();
  watch.offered();
  watch.answered();
  watch.connected();
  clock.advance(60_000);
  expect(log).toEqual([]);
  expect(watch.isUnanswered).toBe(false);
});

test('a connection that gets nowhere in the time it has', () => {
  const { clock, log } = watching();
  clock.advance(19_999);
  expect(log).toEqual([]);
  clock.advance(1);
  expect(log).toEqual(['stuck']);
});

test('R34 R35 while the other side cannot be told, time does not count', () => {
  const { clock, log, state, watch } = watching();
  state.reachable = false;
  watch.offered();
  clock.advance(60_000);
  expect(log).toEqual([]);
  state.reachable = true;
  clock.advance(20_000);
  expect(log).toContain('unanswered');
  expect(log).toContain('stuck');
});

test('nothing is told after the end', () => {
  const { clock, log, watch } = watching();
  watch.offered();
  watch.stop();
  clock.advance(60_000);
  expect(log).toEqual([]);
});
