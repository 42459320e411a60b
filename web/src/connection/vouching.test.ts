import { expect, test } from 'vitest';
import { ManualClock } from './test/manual-clock.ts';
import { Vouching, signsOfLife } from './vouching.ts';

function watching() {
  const clock = new ManualClock();
  const received: Record<string, number> = { a: 10, b: 10 };
  const working = new Set<string>();
  const vouched: string[][] = [];
  const vouching = new Vouching(
    clock,
    (id) => working.has(id),
    (id) => Promise.resolve(received[id] ?? 0),
    (ids) => vouched.push(ids),
  );
  const pass = async (ms: number) => {
    clock.advance(ms);
    // The looks are asynchronous; each waits for as many turns as there are people.
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { vouching, received, working, vouched, pass, clock };
}

test('R10 for those who still arrive, every two seconds', async () => {
  const { vouching, received, vouched, pass } = watching();
  vouching.watch(['a', 'b']);
  await pass(500);
  for (let look = 0; look < 3; look++) {
    received.a = (received.a ?? 0) + 100;
    await pass(2_000);
  }
  expect(vouched).toEqual([['a'], ['a'], ['a']]);
});

test('R10 what was under way when the connection was lost is no sign of life', async () => {
  const { vouching, received, vouched, pass } = watching();
  vouching.watch(['a']);
  received.a = 500;
  await pass(500);
  await pass(10_000);
  expect(vouched).toEqual([]);
});

test('nothing is looked at when everybody is back', async () => {
  const { vouching, received, vouched, pass, clock } = watching();
  vouching.watch(['a']);
  await pass(500);
  vouching.watch([]);
  received.a = 500;
  await pass(10_000);
  expect(vouched).toEqual([]);
  expect(clock.next).toBe(Infinity);
});

test('media and answered checks are signs of life, what one sends oneself is not', () => {
  const stats = new Map(
    [
      { type: 'inbound-rtp', bytesReceived: 100 },
      { type: 'inbound-rtp', bytesReceived: 20 },
      { type: 'candidate-pair', responsesReceived: 3, bytesSent: 999 },
      { type: 'outbound-rtp', bytesSent: 999 },
    ].entries(),
  ) as unknown as RTCStatsReport;
  expect(signsOfLife(stats)).toBe(123);
  expect(signsOfLife(null)).toBe(0);
});

test('R10 at once for those whose link works, and later only if something arrives', async () => {
  const { vouching, working, vouched, pass } = watching();
  working.add('a');
  vouching.watch(['a', 'b']);
  expect(vouched).toEqual([['a']]);
  vouching.watch(['a', 'b']);
  await pass(500);
  await pass(10_000);
  expect(vouched).toEqual([['a']]);
});
