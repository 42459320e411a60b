import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { firstFrame } from './first-frame.ts';

let give: () => void;
let outcome: string;

beforeEach(() => {
  vi.useFakeTimers();
  const { MediaStream: Empty } = window;
  vi.stubGlobal('MediaStream', function () {
    return new Empty();
  });
  Object.assign(HTMLVideoElement.prototype, {
    play: () => Promise.resolve(),
    requestVideoFrameCallback: (seen: () => void) => (give = seen),
  });
  outcome = 'waits';
  firstFrame({} as MediaStreamTrack, 30_000).then(
    () => (outcome = 'came'),
    () => (outcome = 'given up'),
  );
});
afterEach(() => {
  Reflect.deleteProperty(HTMLVideoElement.prototype, 'requestVideoFrameCallback');
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('the first picture is waited for, for as long as one is patient', async () => {
  await vi.advanceTimersByTimeAsync(29_000);
  expect(outcome).toBe('waits');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(outcome).toBe('given up');
});

it('while the page is hidden no time passes', async () => {
  const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(outcome).toBe('waits');
  visibility.mockReturnValue('visible');
  give();
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome).toBe('came');
});
