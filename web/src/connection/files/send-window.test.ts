import { expect, it } from 'vitest';
import { ManualClock } from '../test/manual-clock.ts';
import { SendWindow } from './send-window.ts';

/** Sends through a way that takes `base` ms and passes `rate` bytes a ms, with a queue before it. Resolves to the delays of the last second. */
function send(window: SendWindow, clock: ManualClock, rate: number, base: number, ms: number) {
  const delays: number[] = [];
  const end = clock.now() + ms;
  while (clock.now() < end) {
    const delay = Math.max(base, window.bytes / rate);
    clock.advance(delay);
    for (let bytes = 0; bytes < window.bytes; bytes += 16_384) window.arrived(16_384, delay);
    if (clock.now() > end - 1_000) delays.push(delay);
  }
  return delays;
}

it('R87 it fills a way that is free', () => {
  const clock = new ManualClock();
  const window = new SendWindow(clock);
  send(window, clock, 100_000, 20, 3_000);
  expect(window.bytes).toBeGreaterThan(1_500_000);
});

it('R87 it leaves a narrow way to what else needs it: little waits there', () => {
  const clock = new ManualClock();
  const window = new SendWindow(clock);
  // 10 Mbit/s.
  const delays = send(window, clock, 1_250, 20, 20_000);
  expect(Math.max(...delays)).toBeLessThan(120);
  expect(window.bytes).toBeGreaterThan(40_000);
});

it('R87 it never stops, and takes up again what becomes free', () => {
  const clock = new ManualClock();
  const window = new SendWindow(clock);
  send(window, clock, 1_250, 20, 5_000);
  send(window, clock, 100, 20, 10_000);
  expect(window.bytes).toBe(32_768);
  send(window, clock, 12_500, 20, 20_000);
  expect(window.bytes).toBeGreaterThan(400_000);
});

it('R87 a way that has become longer is not taken for a full one for good', () => {
  const clock = new ManualClock();
  const window = new SendWindow(clock);
  send(window, clock, 100_000, 10, 5_000);
  send(window, clock, 100_000, 150, 70_000);
  expect(window.bytes).toBeGreaterThan(200_000);
});
