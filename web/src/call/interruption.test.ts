import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Interruption } from './interruption.svelte.ts';

const onChange = vi.fn();
const away = { status: 'reconnecting', attempt: 1 } as const;
const back = { status: 'connected', transport: 'websocket' } as const;
let interruption: Interruption;

beforeEach(() => {
  vi.useFakeTimers();
  onChange.mockClear();
  interruption = new Interruption(onChange);
});
afterEach(() => vi.useRealTimers());

it('R38 a server that moves its people quickly is not noticed', () => {
  interruption.see(away);
  vi.advanceTimersByTime(1_999);
  interruption.see(back);
  vi.runAllTimers();
  expect(interruption.extent).toBe('none');
  expect(onChange).not.toHaveBeenCalled();
});

it('becomes noticeable, then long, however often the page tries, and is over at once', () => {
  interruption.see(away);
  vi.advanceTimersByTime(2_000);
  expect(interruption.extent).toBe('noticeable');
  interruption.see({ ...away, attempt: 7 });
  vi.advanceTimersByTime(58_000);
  expect(interruption.extent).toBe('long');
  interruption.see(back);
  expect(interruption.extent).toBe('none');
  expect(onChange.mock.calls).toEqual([[false], [true]]);
});

it('R9 a server that has been silent for seconds is told of at once', () => {
  interruption.see({ ...away, silent: true });
  vi.advanceTimersByTime(0);
  expect(interruption.extent).toBe('noticeable');
});

it('each interruption counts from its own beginning', () => {
  interruption.see(away);
  vi.advanceTimersByTime(1_500);
  interruption.see(back);
  interruption.see(away);
  vi.advanceTimersByTime(1_500);
  expect(interruption.extent).toBe('none');
});
