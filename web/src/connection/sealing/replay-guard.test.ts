import { expect, test } from 'vitest';
import { ReplayGuard } from './replay-guard.ts';

test('R19 each counter is admitted once, in any order', () => {
  const guard = new ReplayGuard();
  expect([3, 1, 2, 3, 1, 10, 2].map((counter) => guard.admit(counter))).toEqual([
    true,
    true,
    true,
    false,
    false,
    true,
    false,
  ]);
});

test('R19 a counter far behind counts as repeated, even if it never was opened', () => {
  const guard = new ReplayGuard();
  guard.admit(10_000);
  expect(guard.admit(10_000 - 8_192)).toBe(false);
  expect(guard.admit(10_000 - 8_191)).toBe(true);
});

test('R19 a long meeting does not make old counters new', () => {
  const guard = new ReplayGuard();
  for (let counter = 1; counter <= 50_000; counter++) expect(guard.admit(counter)).toBe(true);
  for (let counter = 1; counter <= 50_000; counter += 7) expect(guard.admit(counter)).toBe(false);
});

test('what could not be taken may come again', () => {
  const guard = new ReplayGuard();
  guard.admit(4);
  guard.forget(4);
  expect(guard.admit(4)).toBe(true);
});
