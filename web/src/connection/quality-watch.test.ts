import { expect, test } from 'vitest';
import { type Quality, QualityWatch, qualityIn } from './quality-watch.ts';
import { ManualClock } from './test/manual-clock.ts';

/** Looks at a link that receives and loses so many packets a second. */
async function verdicts(
  link: { received: number; lost: number; roundTrip?: number },
  seconds = 20,
): Promise<boolean[]> {
  const clock = new ManualClock();
  const found: boolean[] = [];
  const watch = new QualityWatch(
    clock,
    () => {
      const passed = clock.now() / 1_000;
      const inbound = {
        type: 'inbound-rtp',
        packetsReceived: link.received * passed,
        packetsLost: link.lost * passed,
      };
      const pair = {
        type: 'candidate-pair',
        nominated: true,
        currentRoundTripTime: link.roundTrip ?? 0.02,
      };
      return Promise.resolve(new Map(Object.entries({ inbound, pair })) as RTCStatsReport);
    },
    (poor) => found.push(poor),
  );
  watch.start();
  for (let second = 0; second < seconds; second++) {
    clock.advance(1_000);
    await Promise.resolve();
    await Promise.resolve();
  }
  watch.stop();
  clock.advance(10_000);
  return found;
}

test.each([
  ['a good link', { received: 100, lost: 0 }, false],
  ['5 % loss', { received: 95, lost: 5 }, false],
  ['6 % loss', { received: 94, lost: 6 }, true],
  ['one of the few packets of silence', { received: 2.25, lost: 0.25 }, false],
  ['a round trip of 400 ms', { received: 100, lost: 0, roundTrip: 0.4 }, false],
  ['a longer one', { received: 100, lost: 0, roundTrip: 0.41 }, true],
  // As after a connection was made anew.
  ['counts that go back', { received: -100, lost: -10 }, false],
])('%s', async (_name, link, poor) => {
  const found = await verdicts(link);
  expect(found).toHaveLength(8);
  expect(found.at(-1)).toBe(poor);
});

test('nobody looks in the first six seconds, when links are being made', async () => {
  expect(await verdicts({ received: 1, lost: 50 }, 5)).toEqual([]);
});

test('the pair in use tells the round trip, and all media are counted together', () => {
  const report = new Map<string, object>([
    ['a', { type: 'inbound-rtp', packetsReceived: 10, packetsLost: 1 }],
    ['b', { type: 'inbound-rtp', packetsReceived: 5 }],
    ['c', { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.1 }],
    ['d', { type: 'candidate-pair', nominated: false, currentRoundTripTime: 0.9 }],
    ['e', { type: 'outbound-rtp', packetsReceived: 99 }],
  ]) as RTCStatsReport;
  expect(qualityIn(report)).toEqual<Quality>({ received: 15, lost: 1, roundTrip: 0.1 });
});
