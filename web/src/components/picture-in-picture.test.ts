import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Call } from '../call/call.svelte.ts';
import { openPictureInPicture } from './picture-in-picture.ts';

const media = { toggleMicrophone: vi.fn(), toggleCamera: vi.fn() };
const call = { media } as unknown as Call;
const onleave = vi.fn();
/** What the browser's own small window would do now. */
let handled: Map<string, unknown>;
let left: AbortController;
let video: HTMLVideoElement;

beforeEach(() => {
  handled = new Map();
  left = new AbortController();
  video = document.createElement('video');
  document.body.append(video);
  Object.defineProperty(video, 'videoWidth', { value: 320 });
  const shown = { pictureInPictureElement: null as Element | null };
  Object.defineProperties(document, {
    pictureInPictureElement: { get: () => shown.pictureInPictureElement, configurable: true },
    exitPictureInPicture: {
      value: () => {
        shown.pictureInPictureElement = null;
        video.dispatchEvent(new Event('leavepictureinpicture'));
        return Promise.resolve();
      },
      configurable: true,
    },
  });
  Object.assign(video, {
    requestPictureInPicture: () => {
      shown.pictureInPictureElement = video;
      return Promise.resolve();
    },
  });
  const setActionHandler = (action: string, run: unknown) => {
    if (action === 'togglecamera') throw new TypeError('Not known here.');
    if (run === null) handled.delete(action);
    else handled.set(action, run);
  };
  Object.defineProperty(navigator, 'mediaSession', {
    value: { setActionHandler },
    configurable: true,
  });
});

afterEach(() => {
  video.remove();
  vi.unstubAllGlobals();
});

it('without a window of its own the largest picture floats, with the buttons the browser knows, until the meeting is left', async () => {
  expect(await openPictureInPicture(call, left.signal, onleave)).toBe(true);
  expect(document.pictureInPictureElement).toBe(video);
  expect([...handled.keys()]).toEqual(['togglemicrophone', 'hangup']);
  left.abort();
  expect(document.pictureInPictureElement).toBeNull();
  expect([...handled.keys()]).toEqual([]);
});

it('a picture that is put back takes its buttons with it', async () => {
  await openPictureInPicture(call, left.signal, onleave);
  await document.exitPictureInPicture();
  expect([...handled.keys()]).toEqual([]);
});

it('what opens only after the meeting was left is closed at once', async () => {
  const close = vi.fn();
  const requestWindow = () => {
    left.abort();
    return Promise.resolve({ close });
  };
  vi.stubGlobal('documentPictureInPicture', { requestWindow });
  await openPictureInPicture(call, left.signal, onleave);
  expect(close).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
  await openPictureInPicture(call, left.signal, onleave);
  expect(document.pictureInPictureElement).toBeNull();
  expect([...handled.keys()]).toEqual([]);
});

it('where nothing can float, that is told', async () => {
  video.remove();
  expect(await openPictureInPicture(call, left.signal, onleave)).toBe(false);
});
