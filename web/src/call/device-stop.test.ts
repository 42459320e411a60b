import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LocalMedia } from './local-media.svelte.ts';
import { type DeviceDesk, deskEachTime, startedMedia } from './test/device-desk.ts';

// The meter needs an audio engine, which a page without a browser has not; browser tests hear it.
vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));

let desk: DeviceDesk;
deskEachTime((mine) => (desk = mine));
let media: LocalMedia;
/** Whether others were told that there is a microphone and a camera, at every change. */
let told: string[];

beforeEach(async () => {
  lists({ audio: ['audio'], video: ['video', 'another'] });
  permits('granted');
  media = await startedMedia();
  told = [];
  media.changes.on('state', ({ microphone, camera }) => told.push(`${microphone} ${camera}`));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('a camera that ends although it is there is taken anew at once, and nobody is told', async () => {
  await stops(1);
  expect(desk.asked.at(-1)).toMatchObject({ video: { deviceId: { exact: 'video' } } });
  expect([media.camera.track, media.camera.trouble]).toEqual([desk.given[2], null]);
  expect(told).toEqual(['true true']);
});

it('one that cannot be had is tried ever less often and then off; that is said once, and again when it is off', async () => {
  desk.refusals.video = 'NotReadableError';
  await stops(1);
  expect([media.camera.news, media.cameraOn]).toEqual(['stopped', true]);
  media.camera.markRead();
  const asked = desk.asked.length;
  await vi.advanceTimersByTimeAsync(2_900);
  expect(desk.asked).toHaveLength(asked);
  await vi.advanceTimersByTimeAsync(100);
  expect(desk.asked).toHaveLength(asked + 1);
  await vi.advanceTimersByTimeAsync(17_900);
  expect([desk.asked.length, media.camera.news, media.cameraOn]).toEqual([asked + 2, null, true]);
  await vi.advanceTimersByTimeAsync(600_000);
  expect([desk.asked.length, media.camera.news, media.cameraOn]).toEqual([
    asked + 3,
    'in-use',
    false,
  ]);
  expect(told).toEqual(['true false']);
});

it('one that cannot be had is given up in a page that nobody sees, too', async () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  desk.refusals.video = 'NotReadableError';
  await stops(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([media.camera.trouble, media.cameraOn]).toEqual(['in-use', false]);
});

it('one that can be had later is on again, and there is no trouble any more', async () => {
  desk.refusals.video = 'NotReadableError';
  await stops(1);
  delete desk.refusals.video;
  await vi.advanceTimersByTimeAsync(3_000);
  expect([media.camera.track, media.camera.trouble]).toEqual([desk.given[2], null]);
});

it('one that ends every time it is taken is not taken for ever', async () => {
  for (let given = 1; given <= 5; given++) {
    await stops(given);
    const isAwaited = () => media.cameraOn && desk.given.length === given + 1;
    while (isAwaited()) await vi.advanceTimersByTimeAsync(1_000);
  }
  expect([media.camera.trouble, media.cameraOn, desk.given.length]).toEqual(['stopped', false, 6]);
});

it('who turns the camera off meanwhile has it off', async () => {
  desk.refusals.video = 'NotReadableError';
  await stops(1);
  delete desk.refusals.video;
  await media.toggleCamera();
  await vi.advanceTimersByTimeAsync(600_000);
  expect([media.cameraOn, desk.given.length]).toEqual([false, 2]);
});

it('in place of a camera that is gone when it is asked for, no other is', async () => {
  desk.refusals.video = 'OverconstrainedError';
  await stops(1);
  await vi.advanceTimersByTimeAsync(600_000);
  expect([media.camera.trouble, media.cameraOn]).toEqual(['unplugged', false]);
  const exact = { video: { deviceId: { exact: 'video' } } };
  expect(desk.asked.slice(2)).toMatchObject([exact]);
});

it.each(['prompt', 'denied'] as const)(
  'what was taken back by the person is not asked for again: %s',
  async (state) => {
    permits(state);
    await stops(1);
    await vi.advanceTimersByTimeAsync(600_000);
    expect([media.cameraOn, desk.asked.length]).toEqual([false, 2]);
  },
);

it('another microphone takes the place of one that cannot be had, and that is said', async () => {
  lists({ audio: ['audio', 'another'], video: ['video'] });
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  asked.mockRejectedValueOnce(new DOMException('', 'NotReadableError'));
  await stops(0);
  expect([media.microphoneOn, media.microphone.trouble]).toEqual([true, null]);
  expect(media.microphone.substitute).toBe('A device');
});

it('the only microphone is tried again, and who was muted stays so', async () => {
  await media.toggleMicrophone();
  desk.refusals.audio = 'AbortError';
  await stops(0);
  expect(media.microphone.news).toBe('stopped');
  delete desk.refusals.audio;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(media.microphone.track).toBe(desk.given[2]);
  expect([desk.given[2]?.enabled, media.microphone.trouble]).toEqual([false, null]);
});

it('a blurred picture that ends with its camera is no trouble of its own', async () => {
  desk.given[1]?.stop();
  media.camera.giveUp('unblurred');
  expect(media.camera.trouble).toBeNull();
  await stops(1);
  expect(media.camera.track).toBe(desk.given[2]);
});

/** The browser ends this one of the tracks it gave. */
async function stops(given: number) {
  const track = desk.given[given];
  if (track === undefined) throw new Error('There is no such track.');
  track.stop();
  track.dispatchEvent(new Event('ended'));
  await vi.advanceTimersByTimeAsync(0);
}

/** From now on these are plugged in, by their ids. */
function lists(ids: Record<'audio' | 'video', string[]>) {
  const entries = (kind: 'audio' | 'video') =>
    ids[kind].map((deviceId) => ({ kind: `${kind}input`, deviceId }) as MediaDeviceInfo);
  const devices = [...entries('audio'), ...entries('video')];
  navigator.mediaDevices.enumerateDevices = () => Promise.resolve(devices);
}

function permits(state: PermissionState) {
  vi.spyOn(navigator.permissions, 'query').mockResolvedValue({ state } as PermissionStatus);
}
