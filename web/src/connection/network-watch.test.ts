import { afterEach, expect, test, vi } from 'vitest';
import { NetworkWatch } from './network-watch.ts';
import { ManualClock } from './test/manual-clock.ts';

afterEach(() => vi.unstubAllGlobals());

function watching() {
  const clock = new ManualClock();
  const connection = new EventTarget();
  vi.stubGlobal('navigator', { connection });
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  const onChange = vi.fn();
  const asleep = { ms: 0 };
  const watch = new NetworkWatch(clock, onChange, () => clock.now() + asleep.ms);
  return { asleep, clock, connection, onChange, page, watch };
}

test('a network that is there again is told', () => {
  const { onChange, page } = watching();
  page.dispatchEvent(new Event('online'));
  expect(onChange.mock.calls).toEqual([['strong']]);
});

test('one that is said to be different may only have become slower', () => {
  const { connection, onChange } = watching();
  connection.dispatchEvent(new Event('change'));
  expect(onChange.mock.calls).toEqual([['slight']]);
});

test('a machine that slept for more than 5 s is told, once', () => {
  const { asleep, clock, onChange } = watching();
  clock.advance(10_000);
  asleep.ms = 5_100;
  clock.advance(10_000);
  expect(onChange.mock.calls).toEqual([['strong']]);
});

test('timers that are a little late are no sleep', () => {
  const { asleep, clock, onChange } = watching();
  for (let times = 0; times < 20; times++) {
    asleep.ms += 4_000;
    clock.advance(1_000);
  }
  expect(onChange).not.toHaveBeenCalled();
});

test('nothing is told after the end', () => {
  const { asleep, clock, connection, onChange, page, watch } = watching();
  watch.close();
  page.dispatchEvent(new Event('online'));
  connection.dispatchEvent(new Event('change'));
  asleep.ms = 60_000;
  clock.advance(10_000);
  expect(onChange).not.toHaveBeenCalled();
  expect(clock.next).toBe(Infinity);
});

test('a browser that says nothing of its network is watched all the same', () => {
  const { page, onChange } = watching();
  vi.stubGlobal('navigator', {});
  const other = new NetworkWatch(new ManualClock(), onChange);
  page.dispatchEvent(new Event('online'));
  expect(onChange).toHaveBeenCalled();
  other.close();
});
