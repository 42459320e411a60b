import { beforeEach, expect, it, vi } from 'vitest';
import { LocalMedia } from './local-media.svelte.ts';
import { Preferences } from './preferences.ts';
import { FakeTrack, plugIn } from './test/fakes.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));
const removeNoise = vi.hoisted(() => vi.fn());
vi.mock('./noise-remover.ts', () => ({ removeNoise }));

let asked: unknown[];
let cleaned: FakeTrack;
let sleep: () => void;
const close = vi.fn();

beforeEach(() => {
  localStorage.clear();
  asked = [];
  close.mockClear();
  cleaned = new FakeTrack('cleaned');
  plugIn(({ audio }) => {
    asked.push((audio as MediaTrackConstraints).noiseSuppression);
    return new FakeTrack('audio');
  });
  removeNoise.mockReset().mockImplementation((_voice, onSleep: () => void) => {
    sleep = onSleep;
    return Promise.resolve({ track: cleaned, close });
  });
});

async function cleaning() {
  const media = new LocalMedia(new Preferences());
  await media.start({ microphone: true, camera: false });
  await media.setProcessing({ strongSuppression: true });
  return media;
}

it('the clean voice goes out in place of the microphone, which the browser then leaves as it is', async () => {
  const media = await cleaning();
  await vi.waitFor(() => expect(media.tracks.microphone).toBe(cleaned));
  expect(asked).toEqual([true, false]);
  await media.toggleMicrophone();
  expect([cleaned.enabled, media.microphone.track?.enabled]).toEqual([false, false]);
  await media.setProcessing({ noiseSuppression: false });
  expect([media.tracks.microphone, close.mock.calls.length]).toEqual([media.microphone.track, 1]);
  expect(new Preferences().choices).toMatchObject({
    noiseSuppression: false,
    strongSuppression: true,
  });
});

it('a browser that cannot is left in peace, and suppresses noise itself', async () => {
  removeNoise.mockRejectedValue(new Error('No worklet.'));
  const media = await cleaning();
  await vi.waitFor(() => expect(asked).toEqual([true, false, true]));
  expect([media.cleanVoice.isFailed, media.tracks.microphone]).toEqual([
    true,
    media.microphone.track,
  ]);
  expect(removeNoise).toHaveBeenCalledTimes(1);
});

it('a voice that is cleaned no more goes out as it is, and is cleaned when asked again', async () => {
  const media = await cleaning();
  await vi.waitFor(() => expect(media.tracks.microphone).toBe(cleaned));
  sleep();
  await vi.waitFor(() => expect(asked).toEqual([true, false, true]));
  await vi.waitFor(() => expect(media.tracks.microphone).toBe(media.microphone.track));
  expect(close).toHaveBeenCalledTimes(1);
  await media.setProcessing({ strongSuppression: true });
  await vi.waitFor(() => expect(media.tracks.microphone).toBe(cleaned));
});

it('a microphone that is let go meanwhile leaves nothing behind', async () => {
  let finish: (remover: unknown) => void = () => undefined;
  removeNoise.mockReturnValue(new Promise((resolve) => (finish = resolve)));
  const media = await cleaning();
  await vi.waitFor(() => expect(removeNoise).toHaveBeenCalled());
  media.release();
  finish({ track: cleaned, close });
  await vi.waitFor(() => expect(close).toHaveBeenCalledTimes(1));
  expect(media.tracks.microphone).toBeNull();
});
