import type { LinkStanding } from '@confab/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LastingTrouble } from './lasting-trouble.ts';

const tell = vi.fn();
let troubles: LastingTrouble;
const pair = (standing: LinkStanding) => ({ one: 'ada', other: 'bo', standing });

beforeEach(() => {
  vi.useFakeTimers();
  tell.mockClear();
  troubles = new LastingTrouble(tell);
});
afterEach(() => vi.useRealTimers());

it('tells of trouble once when it lasts, and once when it is over', () => {
  troubles.see([pair('restoring')]);
  vi.advanceTimersByTime(2_999);
  expect(tell).not.toHaveBeenCalled();
  troubles.see([pair('lost')]);
  vi.advanceTimersByTime(1);
  expect(tell).toHaveBeenCalledExactlyOnceWith({ troubled: [pair('restoring')], healed: [] });
  troubles.see([pair('lost')]);
  vi.advanceTimersByTime(60_000);
  expect(tell).toHaveBeenCalledTimes(1);
  troubles.see([pair('connecting')]);
  expect(tell).toHaveBeenCalledTimes(1);
  troubles.see([pair('weak')]);
  expect(tell).toHaveBeenLastCalledWith({ troubled: [], healed: [pair('weak')] });
  troubles.see([pair('ok')]);
  expect(tell).toHaveBeenCalledTimes(2);
});

it('says nothing of what is over soon, nor of a pair that connects for the first time', () => {
  troubles.see([pair('restoring')]);
  vi.advanceTimersByTime(2_000);
  troubles.see([pair('ok')]);
  troubles.see([pair('connecting')]);
  vi.advanceTimersByTime(60_000);
  expect(tell).not.toHaveBeenCalled();
});

it('does not call it healed when one of them left', () => {
  troubles.see([pair('lost')]);
  vi.advanceTimersByTime(3_000);
  troubles.see([]);
  expect(tell).toHaveBeenCalledTimes(1);
});

it('is silent after closing', () => {
  troubles.see([pair('lost')]);
  troubles.close();
  vi.runAllTimers();
  expect(tell).not.toHaveBeenCalled();
});
