import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LocalMedia } from './local-media.svelte.ts';
import { Preferences } from './preferences.ts';
import { FakeTrack, plugIn } from './test/fakes.ts';

// The meter needs an audio engine, which a page without a browser has not; browser tests hear it.
vi.mock('./level-meter.ts', () => ({
  LevelMeter: class {
    readonly measure = vi.fn();
    readonly close = vi.fn();
  },
}));

let given: FakeTrack[];
let asked: MediaStreamConstraints[];
let refusals: Partial<Record<'audio' | 'video', string>>;

beforeEach(() => {
  localStorage.clear();
  given = [];
  asked = [];
  refusals = {};
  plugIn((constraints) => {
    asked.push(constraints);
    const section = constraints.audio ? 'audio' : 'video';
    const refusal = refusals[section];
    if (refusal) throw new DOMException('', refusal);
    const track = new FakeTrack(section);
    given.push(track);
    return track;
  });
});
afterEach(() => vi.unstubAllGlobals());

const both = { microphone: true, camera: true };

async function started(wanted = both) {
  const media = new LocalMedia(new Preferences());
  await media.start(wanted);
  return media;
}

it('a refused camera costs nobody their voice', async () => {
  refusals.video = 'NotAllowedError';
  const media = await started();
  expect(media.state).toEqual({ microphone: true, camera: false });
  expect(media.camera.trouble).toBe('denied');
  expect(media.microphone.trouble).toBe(null);
});

it('a missing microphone costs nobody their picture', async () => {
  refusals.audio = 'NotFoundError';
  const media = await started();
  expect(media.state).toEqual({ microphone: false, camera: true });
  expect(media.microphone.trouble).toBe('none');
});

it('what is not wanted is not asked for', async () => {
  const media = await started({ microphone: false, camera: false });
  expect(given).toHaveLength(0);
  expect(media.state).toEqual({ microphone: false, camera: false });
});

it('muting silences the track at once and keeps the device', async () => {
  const media = await started();
  const toggled = media.toggleMicrophone();
  expect(media.microphone.track?.enabled).toBe(false);
  await toggled;
  expect(media.state.microphone).toBe(false);
  await media.toggleMicrophone();
  expect(media.microphone.track?.enabled).toBe(true);
  expect(given).toHaveLength(2);
});

it('turning the camera off lets it go, turning it on takes it again', async () => {
  const media = await started();
  await media.toggleCamera();
  expect(given.map((track) => track.readyState)).toEqual(['live', 'ended']);
  expect(media.state.camera).toBe(false);
  await media.toggleCamera();
  expect(media.state.camera).toBe(true);
  expect(given).toHaveLength(3);
});

it('a device that is unplugged is told, and its track is gone', async () => {
  const media = await started();
  given[1]?.dispatchEvent(new Event('ended'));
  expect(media.camera.trouble).toBe('unplugged');
  expect(media.state.camera).toBe(false);
});

it('another microphone stays muted while one is muted', async () => {
  const media = await started();
  await media.toggleMicrophone();
  await media.choose('microphone', 'other');
  expect(media.microphone.track?.enabled).toBe(false);
  expect(given[0]?.readyState).toBe('ended');
});

it('a remembered device that is gone gives way to any other', async () => {
  new Preferences().remember({ camera: 'left at home' });
  plugIn((constraints) => {
    const isExact = JSON.stringify(constraints).includes('left at home');
    if (isExact) throw new DOMException('', 'OverconstrainedError');
    return new FakeTrack('built in');
  });
  const media = await started({ microphone: false, camera: true });
  expect(media.camera.deviceId).toBe('built in');
});

it('a camera that answers after it was turned off is let go at once', async () => {
  const media = await started({ microphone: false, camera: false });
  const opening = media.camera.open();
  media.camera.close();
  await opening;
  expect(given[0]?.readyState).toBe('ended');
  expect(media.state.camera).toBe(false);
});

it('closing leaves no light on', async () => {
  const media = await started();
  media.close();
  expect(given.map((track) => track.readyState)).toEqual(['ended', 'ended']);
});

it('who leaves while the microphone is still asked for gets no camera afterwards', async () => {
  const media = new LocalMedia(new Preferences());
  const starting = media.start(both);
  media.release();
  await starting;
  expect(given.map((track) => track.readyState)).toEqual(['ended']);
  expect(media.state).toEqual({ microphone: false, camera: false });
});

it('once closed it takes no device any more', async () => {
  const media = new LocalMedia(new Preferences());
  media.close();
  await media.start(both);
  expect(given).toHaveLength(0);
});

it('a camera that is being opened is not asked for twice', async () => {
  const media = await started({ microphone: false, camera: false });
  await Promise.all([media.toggleCamera(), media.toggleCamera()]);
  expect(given).toHaveLength(1);
  expect(media.state.camera).toBe(true);
});

it('a microphone that is being opened is not asked for twice', async () => {
  const media = await started({ microphone: false, camera: false });
  await Promise.all([media.toggleMicrophone(), media.toggleMicrophone()]);
  expect(given).toHaveLength(1);
});

it('another camera chosen while one is being opened is the one that is used', async () => {
  const media = await started({ microphone: false, camera: false });
  const opening = media.toggleCamera();
  await media.choose('camera', 'other');
  await opening;
  expect(given.map((track) => track.readyState)).toEqual(['ended', 'live']);
});

it('trouble stays while the device is tried again, and goes when it works', async () => {
  refusals.video = 'NotReadableError';
  const media = await started({ microphone: false, camera: true });
  refusals = {};
  const opening = media.camera.open();
  expect(media.camera.trouble).toBe('in-use');
  await opening;
  expect(media.camera.trouble).toBe(null);
});

it('trouble is news until it is read, and again when it comes again', async () => {
  refusals.video = 'NotAllowedError';
  const media = await started();
  expect(media.camera.news).toBe('denied');
  media.camera.markRead();
  expect(media.camera.news).toBe(null);
  expect(media.camera.trouble).toBe('denied');
  await media.toggleCamera();
  expect(media.camera.news).toBe('denied');
  media.microphone.markRead();
  given[0]?.dispatchEvent(new Event('ended'));
  expect(media.microphone.news).toBe('unplugged');
});

it('is heard while the key is held, and remembers nothing of it', async () => {
  const media = await started();
  await media.toggleMicrophone();
  const remembered = new Preferences().choices.microphoneOn;
  expect(media.holdToTalk(true)).toBe(true);
  expect([media.microphoneOn, given[0]?.enabled]).toEqual([true, true]);
  expect(media.holdToTalk(false)).toBe(true);
  expect([media.microphoneOn, given[0]?.enabled]).toEqual([false, false]);
  expect(new Preferences().choices.microphoneOn).toBe(remembered);
});

it('holding the key changes nothing for whoever is heard already', async () => {
  const media = await started();
  expect(media.holdToTalk(true)).toBe(false);
  expect(media.microphoneOn).toBe(true);
});

it('a key that is let go before the microphone is there leaves it muted', async () => {
  const media = await started({ microphone: false, camera: false });
  media.holdToTalk(true);
  media.holdToTalk(false);
  await vi.waitFor(() => expect(given).toHaveLength(1));
  await vi.waitFor(() => expect(media.microphone.track).not.toBeNull());
  expect([media.microphoneOn, given[0]?.enabled]).toEqual([false, false]);
});

it('a microphone that is pulled out is replaced by another one, and that is said', async () => {
  const media = await started();
  lists('audioinput', 'audioinput');
  unplug(given[0]);
  await vi.waitFor(() => expect(media.microphone.substitute).toBe('A device'));
  expect([media.microphoneOn, media.microphone.trouble]).toEqual([true, null]);
  media.microphone.forgetSubstitute();
  expect(media.microphone.substitute).toBeNull();
});

it('who was muted stays muted on the other microphone', async () => {
  const media = await started();
  lists('audioinput', 'audioinput');
  await media.toggleMicrophone();
  unplug(given[0]);
  await vi.waitFor(() => expect(media.microphone.substitute).not.toBeNull());
  expect([media.microphoneOn, given.at(-1)?.enabled]).toEqual([false, false]);
});

it('a camera that is pulled out is not replaced unasked', async () => {
  const media = await started();
  lists('videoinput', 'videoinput');
  unplug(given[1]);
  await new Promise((done) => setTimeout(done));
  expect([media.cameraOn, media.camera.trouble, given.length]).toEqual([false, 'unplugged', 2]);
});

it('a camera that gives nothing is taken anew, unless it comes back by itself', async () => {
  const media = await started();
  vi.useFakeTimers();
  turns(given.at(-1), true);
  await vi.advanceTimersByTimeAsync(2_900);
  turns(given.at(-1), false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(given).toHaveLength(2);
  turns(given.at(-1), true);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(given).toHaveLength(3);
  expect([media.camera.track, given[1]?.readyState]).toEqual([given[2], 'ended']);
  expect(media.camera.trouble).toBeNull();
  vi.useRealTimers();
});

it('a microphone that stays silent is taken anew ever less often, and that is said until it is heard', async () => {
  const media = await started();
  let isTaken = true;
  plugIn(() => {
    const track = new FakeTrack('audio');
    track.muted = isTaken;
    given.push(track);
    return track;
  });
  vi.useFakeTimers();
  turns(given[0], true);
  await vi.advanceTimersByTimeAsync(3_000);
  expect([given.length, media.microphone.news]).toEqual([3, 'silent']);
  media.microphone.markRead();
  await vi.advanceTimersByTimeAsync(600_000);
  expect([given.length, media.microphone.news, media.microphone.trouble]).toEqual([
    6,
    null,
    'silent',
  ]);
  isTaken = false;
  turns(given.at(-1), false);
  expect([media.microphone.trouble, media.microphone.track]).toEqual([null, given.at(-1)]);
  vi.useRealTimers();
});

it('what the browser does to the voice can be switched, at once and for the next time', async () => {
  const media = await started();
  await media.setProcessing({ noiseSuppression: false });
  const voice = asked.map(({ audio }) => audio).filter((audio) => audio !== undefined);
  expect(voice).toMatchObject([{ noiseSuppression: true }, { noiseSuppression: false }]);
  expect(media.microphone.track).toBe(given.at(-1));
  expect(new LocalMedia(new Preferences()).processing).toEqual({
    echoCancellation: true,
    noiseSuppression: false,
    strongSuppression: false,
  });
});

it('a speaker that is pulled out gives way to the choice of the system, and that is said', async () => {
  lists('audiooutput', 'audiooutput');
  const media = await started();
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
