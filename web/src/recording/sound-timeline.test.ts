import { expect, it } from 'vitest';
import { CHANNELS, RATE } from './recorder-messages.ts';
import { type PlacedSound, SoundTimeline } from './sound-timeline.ts';

/** 40 ms of sound that is not silent. */
const block = () => new Float32Array(0.04 * RATE * CHANNELS).fill(0.5);
const spans = (placed: PlacedSound[]) =>
  placed.map(({ timestamp, samples }) => ({
    from: timestamp,
    seconds: samples.length / CHANNELS / RATE,
    isSilent: samples.every((sample) => sample === 0),
  }));

it('puts one block behind the other, whenever within a moment they come', () => {
  const timeline = new SoundTimeline(1_000);
  timeline.place(block(), 1_040);
  expect(spans(timeline.place(block(), 1_110))).toEqual([
    { from: 0.04, seconds: 0.04, isSilent: false },
  ]);
  expect(spans(timeline.place(block(), 1_111))).toEqual([
    { from: 0.08, seconds: 0.04, isSilent: false },
  ]);
});

it('begins with silence until something is heard', () => {
  expect(spans(new SoundTimeline(0).place(block(), 90))).toEqual([
    { from: 0, seconds: 0.05, isSilent: true },
    { from: 0.05, seconds: 0.04, isSilent: false },
  ]);
});

it('fills a gap with silence, in pieces that are not large', () => {
  const timeline = new SoundTimeline(0);
  timeline.place(block(), 40);
  const placed = spans(timeline.place(block(), 2_080));
  expect(placed.map(({ isSilent }) => isSilent)).toEqual([true, true, false]);
  expect(Math.max(...placed.map(({ seconds }) => seconds))).toBe(1);
  expect(placed.at(-1)?.from).toBeCloseTo(2.04, 6);
});

it('leaves a block out where sound has run ahead of the clock', () => {
  const timeline = new SoundTimeline(0);
  for (let count = 0; count < 4; count++) timeline.place(block(), 40);
  expect(spans(timeline.place(block(), 40))).toEqual([]);
  expect(spans(timeline.place(block(), 200))).toHaveLength(1);
});

it('is silent where nothing is heard at all, and goes on behind that', () => {
  const timeline = new SoundTimeline(0);
  expect(spans(timeline.fill(500))).toEqual([{ from: 0, seconds: 0.5, isSilent: true }]);
  expect(timeline.fill(400)).toEqual([]);
  expect(spans(timeline.place(block(), 540))).toEqual([
    { from: 0.5, seconds: 0.04, isSilent: false },
  ]);
});
