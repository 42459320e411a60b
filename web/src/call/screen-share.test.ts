import { beforeEach, expect, it, vi } from 'vitest';
import { ScreenShare } from './screen-share.svelte.ts';
import { FakeTrack, putScreen } from './test/fakes.ts';

const onChange = vi.fn();
let picture: FakeTrack;
let sound: FakeTrack | null;
let refusal: DOMException | null;
let ask: ReturnType<typeof putScreen>;

beforeEach(() => {
  onChange.mockClear();
  picture = new FakeTrack();
  sound = null;
  refusal = null;
  ask = putScreen(() => {
    if (refusal) throw refusal;
    return { picture, ...(sound && { sound }) };
  });
});

it('R55 what is shared is there until it is stopped, and its light goes out', async () => {
  const screen = new ScreenShare(onChange);
  await screen.start();
  expect([screen.isOn, screen.picture]).toEqual([true, picture]);
  expect(picture.contentHint).toBe('detail');
  screen.aimAt('motion');
  expect(picture.contentHint).toBe('motion');
  screen.stop();
  expect([screen.isOn, picture.readyState]).toEqual([false, 'ended']);
  expect(onChange).toHaveBeenCalledTimes(2);
});

it("is noticed when it is stopped in the browser's own bar", async () => {
  sound = new FakeTrack();
  picture.settings = { displaySurface: 'browser' };
  const screen = new ScreenShare(onChange);
  await screen.start();
  picture.dispatchEvent(new Event('ended'));
  expect([screen.isOn, screen.sound, sound.readyState]).toEqual([false, null, 'ended']);
  expect(onChange).toHaveBeenCalledTimes(2);
});

it.each([
  ["a tab's own sound", { displaySurface: 'browser' }, {}, true],
  ["a system's without this page", { displaySurface: 'monitor' }, { restrictOwnAudio: true }, true],
  ["a system's with this page", { displaySurface: 'monitor' }, { restrictOwnAudio: false }, false],
  ['what nobody can tell', {}, {}, false],
])('R55 sends %s, if that brings no voices back', async (_, surface, settings, isSent) => {
  sound = new FakeTrack();
  picture.settings = surface;
  sound.settings = settings;
  const screen = new ScreenShare(onChange);
  await screen.start();
  expect(screen.isOn).toBe(true);
  expect([screen.sound !== null, screen.isSilenced]).toEqual([isSent, !isSent]);
  expect(sound.readyState).toBe(isSent ? 'live' : 'ended');
});

it('asks for the sound of the whole system only where this page can be left out of it', async () => {
  await new ScreenShare(onChange).start();
  expect(ask.mock.calls[0]?.[0]).toMatchObject({ systemAudio: 'exclude' });
  Object.assign(navigator.mediaDevices, {
    getSupportedConstraints: () => ({ restrictOwnAudio: true }),
  });
  await new ScreenShare(onChange).start();
  expect(ask.mock.calls[1]?.[0]).toMatchObject({
    systemAudio: 'include',
    audio: { restrictOwnAudio: true },
  });
});

it.each([
  ['Permission denied', 'NotAllowedError', null],
  ['Permission denied by system', 'NotAllowedError', 'system'],
  ['Could not start', 'NotReadableError', 'failed'],
])('"%s" is told where something is wrong', async (message, name, trouble) => {
  refusal = new DOMException(message, name);
  const screen = new ScreenShare(onChange);
  await screen.start();
  expect([screen.isOn, screen.trouble]).toEqual([false, trouble]);
  expect(onChange).not.toHaveBeenCalled();
  refusal = null;
  await screen.start();
  expect([screen.isOn, screen.trouble]).toEqual([true, null]);
});

it('asks once at a time, and lets go what comes after it was stopped', async () => {
  const screen = new ScreenShare(onChange);
  const starting = screen.start();
  void screen.start();
  screen.stop();
  await starting;
  expect(ask).toHaveBeenCalledOnce();
  expect([screen.isOn, picture.readyState]).toEqual([false, 'ended']);
});

it('is not offered where there is nothing to share with', () => {
  Object.defineProperty(navigator, 'mediaDevices', { value: {}, configurable: true });
  expect(new ScreenShare(onChange).isPossible).toBe(false);
  Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
  expect(new ScreenShare(onChange).isPossible).toBe(false);
});
