import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Participant } from './participant.svelte.ts';
import { FakeStream, FakeTrack, view } from './test/fakes.ts';

const fakeTrack = () => new FakeTrack() as unknown as MediaStreamTrack;
const off = { microphone: false, camera: false };

beforeEach(() => void vi.stubGlobal('MediaStream', FakeStream));
afterEach(() => vi.unstubAllGlobals());

it('shows one stream for as long as the track is the same', () => {
  const ada = new Participant(view('ada'));
  const camera = fakeTrack();
  ada.setLink('ok', { camera });
  const { picture } = ada;
  ada.setLink('restoring', { camera });
  ada.show(view('ada', { name: 'Ada' }));
  expect(ada.picture).toBe(picture);
  ada.setLink('ok', { camera: fakeTrack() });
  expect(ada.picture).not.toBe(picture);
});

it('does not take a link between two connections for a camera that is off', () => {
  const ada = new Participant(view('ada'));
  ada.setLink('ok', { camera: fakeTrack() });
  const { picture } = ada;
  ada.setLink('connecting', {});
  expect(ada.picture).toBe(picture);
  ada.setMedia(off);
  expect(ada.picture).toBeNull();
});

it('speaks while they are reached, not when they were last heard speaking', () => {
  const ada = new Participant(view('ada'));
  ada.setLink('ok', {});
  ada.setLevel(0.5, true);
  expect(ada.isSpeaking).toBe(true);
  ada.setLink('restoring', {});
  expect(ada.isSpeaking).toBe(false);
  ada.setLink('ok', {});
  expect(ada.isSpeaking).toBe(true);
});

it('R55 shows a screen and its sound while that is said, and not otherwise, whatever arrives', () => {
  const ada = new Participant(view('ada'));
  const tracks = { screen: fakeTrack(), screenSound: fakeTrack() };
  ada.setLink('ok', tracks);
  expect([ada.isSharing, ada.screen, ada.screenSound]).toEqual([false, null, null]);
  ada.setMedia({ ...off, screen: true });
  const { screen, screenSound } = ada;
  expect([screen?.getTracks(), screenSound?.getTracks()]).toEqual([
    [tracks.screen],
    [tracks.screenSound],
  ]);
  ada.setMedia({ microphone: true, camera: false, screen: true });
  expect([ada.screen, ada.screenSound]).toEqual([screen, screenSound]);
  ada.setMedia(off);
  expect([ada.isSharing, ada.screen]).toEqual([false, null]);
});
