import { expect, test } from 'vitest';
import { Conduct } from './conduct.ts';
import type { Slot } from './meeting-events.ts';

/** Looks at a page every 150 ms that sends so many bytes a second; answers when it is found to disobey, null for never. */
function foundAfter(
  bytesAt: (ms: number) => number,
  { roundTrip = 20, slot = 'microphone', isAbsent = false, every = 150, ms = 30_000 } = {},
): number | null {
  const conduct = new Conduct();
  conduct.expect(['microphone'], 0, isAbsent);
  let total = 5_000;
  for (let at = every; at <= ms; at += every) {
    for (let since = at - every; since < at; since += 10) total += bytesAt(since) / 100;
    if (conduct.disobeys({ at, roundTrip, bytes: { [slot]: total } })) return at;
  }
  return null;
}

const speech = () => 3_000;

test('R100 whoever goes on is found within a second of the word', () => {
  expect(foundAfter(speech)).toBeLessThan(1_000);
  expect(foundAfter(speech, { roundTrip: 250 })).toBeLessThan(1_000);
});

test('R100 whoever stops within the time of grace and of their packets is not', () => {
  expect(foundAfter((ms) => (ms < 400 ? 3_000 : 0))).toBeNull();
  expect(foundAfter((ms) => (ms < 640 ? 3_000 : 0), { roundTrip: 250 })).toBeNull();
});

test('R100 a trickle is no speech, and what is not stopped is nobody’s business', () => {
  expect(foundAfter(() => 200)).toBeNull();
  expect(foundAfter(() => 350)).not.toBeNull();
  expect(foundAfter(speech, { slot: 'camera' })).toBeNull();
});

test('R100 whoever begins again later is found as well', () => {
  expect(foundAfter((ms) => (ms > 20_000 ? 3_000 : 0))).toBeGreaterThan(20_000);
});

test('R100 no way to the other side buys more time than the longest round trip', () => {
  expect(foundAfter(speech, { roundTrip: 60_000 })).toBeLessThan(1_500);
});

test('R100 whoever is away from the server has 15 s, and no more when they come back', () => {
  expect(foundAfter(speech, { isAbsent: true })).toBeGreaterThan(15_000);
  const conduct = new Conduct();
  conduct.expect(['microphone'], 0, true);
  conduct.expect(['microphone'], 2_000, false);
  conduct.expect(['microphone'], 2_100, true);
  const looks = [2_300, 2_450, 2_600, 2_750].map((at) =>
    conduct.disobeys({ at, roundTrip: 0, bytes: { microphone: at * 3 } }),
  );
  expect(looks).toEqual([false, false, true, true]);
});

test('R100 another connection counts from its first byte', () => {
  const conduct = new Conduct();
  conduct.expect(['screen'], 0, false);
  const look = (at: number, screen: number) =>
    conduct.disobeys({ at, roundTrip: 0, bytes: { screen } });
  expect([look(300, 90_000), look(450, 90_000), look(600, 0), look(750, 200)]).toEqual(
    Array(4).fill(false),
  );
  expect(look(900, 40_000)).toBe(true);
});

test('R100 whoever has slept judges nobody by what came meanwhile', () => {
  const conduct = new Conduct();
  conduct.expect(['microphone'], 0, false);
  const look = (at: number, microphone: number) =>
    conduct.disobeys({ at, roundTrip: 0, bytes: { microphone } });
  expect([look(450, 0), look(600, 0)]).toEqual([false, false]);
  expect([look(600_000, 9_000_000), look(600_150, 9_001_000)]).toEqual([false, false]);
  expect([look(600_300, 9_001_500), look(600_450, 9_001_500)]).toEqual([false, false]);
  expect([look(600_600, 9_001_500), look(600_750, 9_003_000)]).toEqual([false, true]);
});

test('R101 another word has a time of grace of its own', () => {
  const conduct = new Conduct();
  conduct.expect(['microphone'], 0, false);
  const look = (at: number, bytes: Partial<Record<Slot, number>>) =>
    conduct.disobeys({ at, roundTrip: 0, bytes });
  expect(look(450, { screen: 1_000 })).toBe(false);
  conduct.expect(['microphone', 'screen'], 500, false);
  expect([look(600, { screen: 9_000 }), look(800, { screen: 20_000 })]).toEqual([false, false]);
  conduct.expect([], 850, false);
  expect([look(950, { screen: 30_000 }), look(1_100, { screen: 40_000 })]).toEqual([false, false]);
});
