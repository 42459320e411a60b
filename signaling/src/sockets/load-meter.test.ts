import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LoadMeter } from './load-meter.ts';

let meter: LoadMeter;
/** Microseconds of work so far. */
let worked = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'hrtime'] });
  worked = 5_000_000;
  vi.spyOn(process, 'cpuUsage').mockImplementation((before) => ({
    user: worked - (before?.user ?? 0),
    system: 0,
  }));
  meter = new LoadMeter();
});
afterEach(() => {
  meter.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Time passes in which so much of it is worked, from 0 to 1. */
function work(ms: number, share: number) {
  worked += ms * 1_000 * share;
  vi.advanceTimersByTime(ms);
}

test('whoever asks first is told what was measured since, and not before', async () => {
  const asked = meter.read();
  let isTold = false;
  void asked.then(() => (isTold = true));
  // What it costs to ask.
  worked += 300;
  work(240, 0.1);
  await Promise.resolve();
  expect(isTold).toBe(false);
  work(10, 0.1);
  expect((await asked).cpu).toBeCloseTo(0.1012);
});

test('R82 each report tells of the time since the one before', async () => {
  const first = meter.read();
  work(250, 0.5);
  await first;
  work(2_000, 0.2);
  expect((await meter.read()).cpu).toBeCloseTo(0.2);
  work(2_000, 1.4);
  expect((await meter.read()).cpu).toBeCloseTo(1.4);
});

test('R110 two who ask at nearly the same moment are told the same, and take nothing from each other', async () => {
  const both = [meter.read(), meter.read()];
  work(250, 0.3);
  expect((await Promise.all(both)).map(({ cpu }) => cpu)).toEqual([0.3, 0.3]);
  work(2_000, 0.2);
  const { cpu, delay } = await meter.read();
  work(3, 1);
  expect(await meter.read()).toMatchObject({ cpu, delay });
});

test('what was measured long ago is not told as if it were now', async () => {
  const first = meter.read();
  work(250, 0.9);
  await first;
  work(60_000, 0.9);
  const again = meter.read();
  work(250, 0);
  expect((await again).cpu).toBe(0);
});
