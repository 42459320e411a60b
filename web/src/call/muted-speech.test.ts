import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Loudness } from './level-meter.ts';
import { MutedSpeech } from './muted-speech.svelte.ts';
import { FakeTrack } from './test/fakes.ts';

let tell: (loudness: Loudness) => void;
const measured: (FakeTrack | null)[] = [];

vi.mock('./level-meter.ts', () => ({
  LevelMeter: class {
    readonly close = vi.fn();
    constructor(onLoudness: typeof tell) {
      tell = onLoudness;
    }
    measure(track: FakeTrack | null) {
      measured.push(track);
    }
  },
}));

let speech: MutedSpeech;
const muted = () => Object.assign(new FakeTrack(), { enabled: false });
const watch = (track: FakeTrack | null) =>
  speech.watch(track as unknown as MediaStreamTrack | null);

beforeEach(() => {
  vi.useFakeTimers();
  measured.length = 0;
  speech = new MutedSpeech();
});
afterEach(() => {
  speech.close();
  vi.useRealTimers();
});

function speak(ms: number, speaking = true) {
  for (let passed = 0; passed < ms; passed += 100) {
    tell({ level: 0.5, speaking });
    vi.advanceTimersByTime(100);
  }
  tell({ level: 0.5, speaking });
}

it('notices speech that lasts, for a moment', () => {
  watch(muted());
  speak(900);
  expect(speech.isNoticed).toBe(false);
  speak(300);
  expect(speech.isNoticed).toBe(true);
  vi.advanceTimersByTime(6_000);
  expect(speech.isNoticed).toBe(false);
});

it('passes over a cough, and does not say it again within a minute', () => {
  watch(muted());
  for (let coughs = 0; coughs < 5; coughs++) {
    speak(500);
    speak(500, false);
  }
  expect(speech.isNoticed).toBe(false);
  speak(1_500);
  vi.advanceTimersByTime(10_000);
  speak(5_000);
  expect(speech.isNoticed).toBe(false);
  speak(46_000);
  expect(speech.isNoticed).toBe(true);
});

it('listens to a copy, which ends with the muting; what is sent stays muted', () => {
  const track = muted();
  watch(track);
  const [copy] = measured;
  expect([copy === track, copy?.enabled, track.enabled]).toEqual([false, true, false]);
  speak(1_500);
  watch(null);
  expect([copy?.readyState, track.readyState, speech.isNoticed]).toEqual(['ended', 'live', false]);
  expect(measured.at(-1)).toBeNull();
});
