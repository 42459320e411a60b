import { describe, expect, test } from 'vitest';
import type { Sample } from '../page/sample-meeting.ts';
import {
  longestBlindness,
  longestGap,
  longestStandstill,
  newPictureAt,
  pictureBackAt,
} from './continuity.ts';

describe('the longest gap', () => {
  test('sound that came in full left no gap, however far apart the looks are', () => {
    const samples = [look(0, { sound: 1 }), look(1_000, { sound: 51 })];
    expect(longestGap(samples, 'Bob', { from: 1, to: 1_000 })).toBe(20);
  });

  test('packets that are missing may all be missing at the same moment', () => {
    const samples = [look(0, { sound: 1 }), look(1_000, { sound: 31 })];
    expect(longestGap(samples, 'Bob', { from: 0, to: 1_000 })).toBe(420);
  });

  test('a picture alone has no pace: all the time between two looks may be one gap', () => {
    const samples = [look(0, { picture: 1 }), look(200, { picture: 9 })];
    expect(longestGap(samples, 'Bob', { from: 0, to: 200 })).toBe(200);
  });

  test('a picture that comes fills the silence', () => {
    const samples = [
      look(0, { picture: 1, sound: 1 }),
      look(200, { picture: 2, sound: 1 }, { sound: 0 }),
      look(400, { picture: 4, sound: 1 }, { sound: 0 }),
    ];
    expect(longestGap(samples, 'Bob', { from: 0, to: 400 })).toBe(200);
  });

  test('goes on over looks at which nothing new had come, and to the end', () => {
    const samples = [look(0, { sound: 1 }), look(200, { sound: 11 })];
    for (const at of [400, 600, 800]) samples.push(look(at, { sound: 11 }, { sound: 200 }));
    expect(longestGap(samples, 'Bob', { from: 0, to: 800 })).toBe(600);
    samples.push(look(1_000, { sound: 16 }));
    expect(longestGap(samples, 'Bob', { from: 0, to: 1_000 })).toBe(720);
  });

  test('a tile that is gone is a gap, and so is one that never was', () => {
    const samples = [look(0, { sound: 1 }), { ...look(500, {}), received: {} }];
    expect(longestGap(samples, 'Bob', { from: 0, to: 500 })).toBe(500);
    expect(longestGap(samples, 'Carol', { from: 0, to: 500 })).toBe(500);
  });

  test('goes on while a new connection has brought nothing, although its counters start anew', () => {
    const samples = [
      look(0, { sound: 100 }),
      look(200, { sound: 0, connection: 2 }),
      look(400, { sound: 0, connection: 2 }),
      look(600, { sound: 5, connection: 2 }),
    ];
    expect(longestGap(samples, 'Bob', { from: 0, to: 600 })).toBe(520);
  });

  test('only what lies within the span counts', () => {
    const samples = [
      look(0, { sound: 1 }),
      look(5_000, { sound: 1 }, { sound: 0 }),
      look(5_200, { sound: 2 }),
    ];
    expect(longestGap(samples, 'Bob', { from: 5_100, to: 5_200 })).toBe(100);
  });

  test('where the browser does not say when the last packet came, it came at the look', () => {
    const samples = [0, 200, 400].map((at) => look(at, { sound: at / 20 + 1 }, { sound: null }));
    expect(longestGap(samples, 'Bob', { from: 0, to: 400 })).toBe(20);
  });
});

test('a picture is back at the first look that finds newer frames, on the same connection or another', () => {
  const same = [look(0, { picture: 5 }), look(200, { picture: 5 }), look(400, { picture: 6 })];
  expect(pictureBackAt(same, 'Bob', 0)).toBe(400);
  expect(pictureBackAt(same, 'Bob', 400)).toBeNull();
  const another = [look(0, { picture: 5 }), look(200, { picture: 0, connection: 2 })];
  expect(pictureBackAt(another, 'Bob', 0)).toBeNull();
  another.push(look(400, { picture: 1, connection: 2 }));
  expect(pictureBackAt(another, 'Bob', 0)).toBe(400);
});

test('a new picture is one that another connection brought', () => {
  const samples = [
    look(0, { picture: 5 }),
    look(200, { picture: 9 }),
    look(400, { picture: 0, connection: 2 }),
    look(600, { picture: 1, connection: 2 }),
  ];
  expect(newPictureAt(samples, 'Bob', 100)).toBe(600);
  expect(newPictureAt(samples.slice(0, 3), 'Bob', 100)).toBeNull();
});

test('a picture stands still while looks find no newer frame', () => {
  const samples = [0, 200, 400, 600, 800].map((at) => look(at, { picture: at < 600 ? 5 : at }));
  expect(longestStandstill(samples, 'Bob', { from: 0, to: 900 })).toBe(600);
  expect(longestStandstill(samples, 'Bob', { from: 650, to: 900 })).toBe(150);
  expect(longestStandstill(samples, 'Bob', { from: 650, to: 2_000 })).toBe(1_200);
});

test('nobody looks between looks, before the first and after the last', () => {
  const samples = [look(300, {}), look(400, {})];
  expect(longestBlindness(samples, { from: 0, to: 500 })).toBe(300);
  expect(longestBlindness(samples, { from: 200, to: 1_000 })).toBe(600);
});

/** `lastAt`: when the latest packet came, the moment of the look unless said; null where the browser does not tell. */
function look(
  at: number,
  { sound, picture, connection = 1 }: { sound?: number; picture?: number; connection?: number },
  lastAt: { sound?: number | null } = {},
): Sample {
  const progress = (packets: number | undefined, latest: number | null | undefined) =>
    packets === undefined
      ? null
      : {
          connection,
          packets,
          framesDecoded: packets,
          lastAt: latest === undefined ? at : latest,
          at,
        };
  return {
    at,
    names: ['Bob', 'You'],
    received: { Bob: { sound: progress(sound, lastAt.sound), picture: progress(picture, at) } },
    connections: { made: 1, open: 1 },
  };
}
