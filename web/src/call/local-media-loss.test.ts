import { expect, it, vi } from 'vitest';
import { LocalMedia } from './local-media.svelte.ts';
import { Preferences } from './preferences.ts';
import { type DeviceDesk, deskEachTime, startedMedia } from './test/device-desk.ts';
import { FakeTrack, plugIn } from './test/fakes.ts';

// The meter needs an audio engine, which a page without a browser has not; browser tests hear it.
vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));

let desk: DeviceDesk;
deskEachTime((mine) => (desk = mine));

it('a microphone that is pulled out is replaced by another one, and that is said', async () => {
  const media = await startedMedia();
  lists('audioinput', 'audioinput');
  unplug(desk.given[0]);
  await vi.waitFor(() => expect(media.microphone.substitute).toBe('A device'));
  expect([media.microphoneOn, media.microphone.trouble]).toEqual([true, null]);
  media.microphone.forgetSubstitute();
  expect(media.microphone.substitute).toBeNull();
});

it('who was muted stays muted on the other microphone', async () => {
  const media = await startedMedia();
  lists('audioinput', 'audioinput');
  await media.toggleMicrophone();
  unplug(desk.given[0]);
  await vi.waitFor(() => expect(media.microphone.substitute).not.toBeNull());
  expect([media.microphoneOn, desk.given.at(-1)?.enabled]).toEqual([false, false]);
});

it('a camera that is pulled out is not replaced unasked', async () => {
  const media = await startedMedia();
  lists('videoinput', 'videoinput');
  unplug(desk.given[1]);
  await new Promise((done) => setTimeout(done));
  expect([media.cameraOn, media.camera.trouble, desk.given.length]).toEqual([
    false,
    'unplugged',
    2,
  ]);
});

it('a camera that gives nothing is taken anew, unless it comes back by itself', async () => {
  const media = await startedMedia();
  vi.useFakeTimers();
  turns(desk.given.at(-1), true);
  await vi.advanceTimersByTimeAsync(2_900);
  turns(desk.given.at(-1), false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(desk.given).toHaveLength(2);
  turns(desk.given.at(-1), true);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(desk.given).toHaveLength(3);
  expect([media.camera.track, desk.given[1]?.readyState]).toEqual([desk.given[2], 'ended']);
  expect(media.camera.trouble).toBeNull();
  vi.useRealTimers();
});

it('a microphone that stays silent is taken anew ever less often, and that is said until it is heard', async () => {
  const media = await startedMedia();
  let isTaken = true;
  plugIn(() => {
    const track = new FakeTrack('audio');
    track.muted = isTaken;
    desk.given.push(track);
    return track;
  });
  vi.useFakeTimers();
  turns(desk.given[0], true);
  await vi.advanceTimersByTimeAsync(3_000);
  expect([desk.given.length, media.microphone.news]).toEqual([3, 'silent']);
  media.microphone.markRead();
  await vi.advanceTimersByTimeAsync(600_000);
  expect([desk.given.length, media.microphone.news, media.microphone.trouble]).toEqual([
    6,
    null,
    'silent',
  ]);
  isTaken = false;
  turns(desk.given.at(-1), false);
  expect([media.microphone.trouble, media.microphone.track]).toEqual([null, desk.given.at(-1)]);
  vi.useRealTimers();
});

it('what the browser does to the voice can be switched, at once and for the next time', async () => {
  const media = await startedMedia();
  await media.setProcessing({ noiseSuppression: false });
  const voice = desk.asked.map(({ audio }) => audio).filter((audio) => audio !== undefined);
  expect(voice).toMatchObject([{ noiseSuppression: true }, { noiseSuppression: false }]);
  expect(media.microphone.track).toBe(desk.given.at(-1));
  expect(new LocalMedia(new Preferences()).processing).toEqual({
    echoCancellation: true,
    noiseSuppression: false,
    strongSuppression: false,
  });
});

it('a speaker that is pulled out gives way to the choice of the system, and that is said', async () => {
  lists('audiooutput', 'audiooutput');
  const media = await startedMedia();
  await media.choose('speaker', 'device 1');
  const change = async (...kinds: MediaDeviceKind[]) => {
    lists(...kinds);
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    await new Promise((done) => setTimeout(done));
    return [media.speaker.deviceId, media.speaker.isSubstituted];
  };
  expect(await change('audiooutput', 'audiooutput', 'audioinput')).toEqual(['device 1', false]);
  expect(await change('audiooutput')).toEqual(['', true]);
  media.speaker.forgetSubstitute();
  expect(media.speaker.isSubstituted).toBe(false);
});

function turns(track: FakeTrack | undefined, muted: boolean) {
  if (track === undefined) throw new Error('There is no such track.');
  track.muted = muted;
  track.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
}

function unplug(track: FakeTrack | undefined) {
  track?.stop();
  track?.dispatchEvent(new Event('ended'));
}

/** From now on these devices are plugged in. */
function lists(...kinds: MediaDeviceKind[]) {
  const devices = kinds.map((kind, index) => ({ kind, deviceId: `device ${index}` }));
  navigator.mediaDevices.enumerateDevices = () => Promise.resolve(devices as MediaDeviceInfo[]);
}
