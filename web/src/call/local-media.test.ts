import { expect, it, vi } from 'vitest';
import { LocalMedia } from './local-media.svelte.ts';
import { Preferences } from './preferences.ts';
import { type DeviceDesk, deskEachTime, startedMedia } from './test/device-desk.ts';
import { FakeTrack, plugIn } from './test/fakes.ts';

// The meter needs an audio engine, which a page without a browser has not; browser tests hear it.
vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));

let desk: DeviceDesk;
deskEachTime((mine) => (desk = mine));

const both = { microphone: true, camera: true };

it('a refused camera costs nobody their voice', async () => {
  desk.refusals.video = 'NotAllowedError';
  const media = await startedMedia();
  expect(media.state).toEqual({ microphone: true, camera: false });
  expect(media.camera.trouble).toBe('denied');
  expect(media.microphone.trouble).toBe(null);
});

it('a missing microphone costs nobody their picture', async () => {
  desk.refusals.audio = 'NotFoundError';
  const media = await startedMedia();
  expect(media.state).toEqual({ microphone: false, camera: true });
  expect(media.microphone.trouble).toBe('none');
});

it('what is not wanted is not asked for', async () => {
  const media = await startedMedia({ microphone: false, camera: false });
  expect(desk.given).toHaveLength(0);
  expect(media.state).toEqual({ microphone: false, camera: false });
});

it('muting silences the track at once and keeps the device', async () => {
  const media = await startedMedia();
  const toggled = media.toggleMicrophone();
  expect(media.microphone.track?.enabled).toBe(false);
  await toggled;
  expect(media.state.microphone).toBe(false);
  await media.toggleMicrophone();
  expect(media.microphone.track?.enabled).toBe(true);
  expect(desk.given).toHaveLength(2);
});

it('turning the camera off lets it go, turning it on takes it again', async () => {
  const media = await startedMedia();
  await media.toggleCamera();
  expect(desk.given.map((track) => track.readyState)).toEqual(['live', 'ended']);
  expect(media.state.camera).toBe(false);
  await media.toggleCamera();
  expect(media.state.camera).toBe(true);
  expect(desk.given).toHaveLength(3);
});

it('a device that is unplugged is told, and its track is gone', async () => {
  const media = await startedMedia();
  desk.given[1]?.dispatchEvent(new Event('ended'));
  await vi.waitFor(() => expect(media.camera.trouble).toBe('unplugged'));
  expect(media.state.camera).toBe(false);
});

it('another microphone stays muted while one is muted', async () => {
  const media = await startedMedia();
  await media.toggleMicrophone();
  await media.choose('microphone', 'other');
  expect(media.microphone.track?.enabled).toBe(false);
  expect(desk.given[0]?.readyState).toBe('ended');
});

it('a remembered device that is gone gives way to any other', async () => {
  new Preferences().remember({ camera: 'left at home' });
  plugIn((constraints) => {
    const isExact = JSON.stringify(constraints).includes('left at home');
    if (isExact) throw new DOMException('', 'OverconstrainedError');
    return new FakeTrack('built in');
  });
  const media = await startedMedia({ microphone: false, camera: true });
  expect(media.camera.deviceId).toBe('built in');
});

it('a camera that answers after it was turned off is let go at once', async () => {
  const media = await startedMedia({ microphone: false, camera: false });
  const opening = media.camera.open();
  media.camera.close();
  await opening;
  expect(desk.given[0]?.readyState).toBe('ended');
  expect(media.state.camera).toBe(false);
});

it('closing leaves no light on', async () => {
  const media = await startedMedia();
  media.close();
  expect(desk.given.map((track) => track.readyState)).toEqual(['ended', 'ended']);
});

it('who leaves while the microphone is still asked for gets no camera afterwards', async () => {
  const media = new LocalMedia(new Preferences());
  const starting = media.start(both);
  media.release();
  await starting;
  expect(desk.given.map((track) => track.readyState)).toEqual(['ended']);
  expect(media.state).toEqual({ microphone: false, camera: false });
});

it.each([
  ['granted', 2],
  ['prompt', 1],
])(
  'where the camera’s permission is %s, %i is asked for before the first one is given',
  async (state, expected) => {
    vi.spyOn(navigator.permissions, 'query').mockResolvedValueOnce({ state } as PermissionStatus);
    let give = (): void => undefined;
    const answered = new Promise<void>((resolve) => (give = resolve));
    const asked: MediaStreamConstraints[] = [];
    navigator.mediaDevices.getUserMedia = async (wanted = {}) => {
      asked.push(wanted);
      await answered;
      return { getTracks: () => [new FakeTrack()] } as unknown as MediaStream;
    };
    const media = new LocalMedia(new Preferences());
    const starting = media.start(both);
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toHaveLength(expected);
    give();
    await starting;
    expect(media.state).toEqual(both);
  },
);

it('once closed it takes no device any more', async () => {
  const media = new LocalMedia(new Preferences());
  media.close();
  await media.start(both);
  expect(desk.given).toHaveLength(0);
});

it('a camera that is being opened is not asked for twice', async () => {
  const media = await startedMedia({ microphone: false, camera: false });
  await Promise.all([media.toggleCamera(), media.toggleCamera()]);
  expect(desk.given).toHaveLength(1);
  expect(media.state.camera).toBe(true);
});

it('a microphone that is being opened is not asked for twice', async () => {
  const media = await startedMedia({ microphone: false, camera: false });
  await Promise.all([media.toggleMicrophone(), media.toggleMicrophone()]);
  expect(desk.given).toHaveLength(1);
});

it('another camera chosen while one is being opened is the one that is used', async () => {
  const media = await startedMedia({ microphone: false, camera: false });
  const opening = media.toggleCamera();
  await media.choose('camera', 'other');
  await opening;
  expect(desk.given.map((track) => track.readyState)).toEqual(['ended', 'live']);
});

it('trouble stays while the device is tried again, and goes when it works', async () => {
  desk.refusals.video = 'NotReadableError';
  const media = await startedMedia({ microphone: false, camera: true });
  desk.refusals = {};
  const opening = media.camera.open();
  expect(media.camera.trouble).toBe('in-use');
  await opening;
  expect(media.camera.trouble).toBe(null);
});

it('trouble is news until it is read, and again when it comes again', async () => {
  desk.refusals.video = 'NotAllowedError';
  const media = await startedMedia();
  expect(media.camera.news).toBe('denied');
  media.camera.markRead();
  expect(media.camera.news).toBe(null);
  expect(media.camera.trouble).toBe('denied');
  await media.toggleCamera();
  expect(media.camera.news).toBe('denied');
  media.microphone.markRead();
  desk.given[0]?.dispatchEvent(new Event('ended'));
  await vi.waitFor(() => expect(media.microphone.news).toBe('unplugged'));
});

it('is heard while the key is held, and remembers nothing of it', async () => {
  const media = await startedMedia();
  await media.toggleMicrophone();
  const remembered = new Preferences().choices.microphoneOn;
  expect(media.holdToTalk(true)).toBe(true);
  expect([media.microphoneOn, desk.given[0]?.enabled]).toEqual([true, true]);
  expect(media.holdToTalk(false)).toBe(true);
  expect([media.microphoneOn, desk.given[0]?.enabled]).toEqual([false, false]);
  expect(new Preferences().choices.microphoneOn).toBe(remembered);
});

it('holding the key changes nothing for whoever is heard already', async () => {
  const media = await startedMedia();
  expect(media.holdToTalk(true)).toBe(false);
  expect(media.microphoneOn).toBe(true);
});

it('a key that is let go before the microphone is there leaves it muted', async () => {
  const media = await startedMedia({ microphone: false, camera: false });
  media.holdToTalk(true);
  media.holdToTalk(false);
  await vi.waitFor(() => expect(desk.given).toHaveLength(1));
  await vi.waitFor(() => expect(media.microphone.track).not.toBeNull());
  expect([media.microphoneOn, desk.given[0]?.enabled]).toEqual([false, false]);
});
