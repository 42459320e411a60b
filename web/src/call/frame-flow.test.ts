import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchFrames } from './frame-flow.ts';

let isGiving: boolean;
let told: boolean[];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  isGiving = true;
  told = [];
  const { MediaStream: Empty } = window;
  vi.stubGlobal('MediaStream', function () {
    return new Empty();
  });
  Object.assign(HTMLVideoElement.prototype, {
    play: () => Promise.resolve(),
    // The next frame, also if it comes much later.
    requestVideoFrameCallback(seen: () => void) {
      const timer = setInterval(() => {
        if (!isGiving) return;
        clearInterval(timer);
        seen();
      }, 33);
    },
  });
  stop = watchFrames({} as MediaStreamTrack, (isFlowing) => told.push(isFlowing));
});
afterEach(() => {
  stop();
  Reflect.deleteProperty(HTMLVideoElement.prototype, 'requestVideoFrameCallback');
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('a camera that gives no frames is told of once, and again when it gives some', async () => {
  await vi.advanceTimersByTimeAsync(20_000);
  expect(told).toEqual([]);
  isGiving = false;
  await vi.advanceTimersByTimeAsync(3_900);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([false]);
  isGiving = true;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told).toEqual([false, true]);
});

it('while the page is hidden nothing is held against the camera', async () => {
  await vi.advanceTimersByTimeAsync(1_000);
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  isGiving = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([]);
});
