import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Participant } from '../call/participant.svelte.ts';
import { view } from '../call/test/fakes.ts';
import ParticipantTile from './ParticipantTile.svelte';

// No picture ever comes here.
beforeEach(() => {
  Object.assign(HTMLVideoElement.prototype, {
    requestVideoFrameCallback: () => 0,
    cancelVideoFrameCallback: () => undefined,
  });
});

let tile: object | null = null;
afterEach(() => (tile ? unmount(tile) : undefined));

it('says that a camera is off where it is, not where its picture is still to come', () => {
  const ada = new Participant(view('ada'));
  ada.setMedia({ microphone: true, camera: true });
  tile = mount(ParticipantTile, { target: document.body, props: { participant: ada } });
  expect(document.body.textContent).not.toContain('Camera off');
  ada.setMedia({ microphone: true, camera: false });
  flushSync();
  expect(document.body.textContent).toContain('Camera off');
});
