import { beforeEach, expect, it, vi } from 'vitest';
import { LocalMedia } from './local-media.svelte.ts';
import { Preferences } from './preferences.ts';
import { FakeTrack, plugIn } from './test/fakes.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));
const blurBackground = vi.hoisted(() => vi.fn());
vi.mock('./background-blur.ts', () => ({ blurBackground }));

const blurred = new FakeTrack('blurred');
const close = vi.fn();
let stop: () => void;

beforeEach(() => {
  localStorage.clear();
  close.mockClear();
  plugIn(() => new FakeTrack('video'));
  blurBackground.mockReset().mockImplementation((_camera, onStop: () => void) => {
    stop = onStop;
    return Promise.resolve({ track: blurred, close });
  });
});

async function withCamera(backgroundBlur: boolean) {
  new Preferences().remember({ backgroundBlur });
  const media = new LocalMedia(new Preferences());
  const seen: unknown[] = [];
  media.changes.on('state', () => seen.push(media.tracks.camera));
  await media.start({ microphone: false, camera: true });
  return { media, seen };
}

it('whoever wants their room blurred is not seen before it is', async () => {
  const { media, seen } = await withCamera(true);
  await vi.waitFor(() => expect(media.state.camera).toBe(true));
  expect(new Set(seen)).toEqual(new Set([null, blurred]));
});

it('is in force at once in the meeting, both ways, and remembered', async () => {
  const { media } = await withCamera(false);
  expect(media.tracks.camera).toBe(media.camera.track);
  media.setBlurred(true);
  expect(media.tracks.camera).toBeNull();
  await vi.waitFor(() => expect(media.tracks.camera).toBe(blurred));
  expect(new Preferences().choices.backgroundBlur).toBe(true);
  media.setBlurred(false);
  expect([media.tracks.camera, close.mock.calls.length]).toEqual([media.camera.track, 1]);
});

it('where it cannot be had the camera goes off, and says why', async () => {
  blurBackground.mockRejectedValue(new Error('No model.'));
  const { media, seen } = await withCamera(true);
  await vi.waitFor(() => expect(media.camera.trouble).toBe('unblurred'));
  expect([media.cameraOn, new Set(seen)]).toEqual([false, new Set([null])]);
});

it('where it ends the camera goes off, and is blurred anew when it is turned on', async () => {
  const { media } = await withCamera(true);
  await vi.waitFor(() => expect(media.tracks.camera).toBe(blurred));
  stop();
  expect([media.cameraOn, media.camera.trouble]).toEqual([false, 'unblurred']);
  await media.toggleCamera();
  await vi.waitFor(() => expect(media.tracks.camera).toBe(blurred));
  expect(media.camera.trouble).toBeNull();
});
