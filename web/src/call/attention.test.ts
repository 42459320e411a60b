import type { MediaState } from '@confab/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Emitter } from '../connection/emitter.ts';
import { watchAttention } from './attention.ts';
import type { LocalMediaEvents } from './local-media.svelte.ts';

const onChange = vi.fn();
const off: MediaState = { microphone: false, camera: false, screen: false };
const media = { changes: new Emitter<LocalMediaEvents>(), state: off };
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  onChange.mockClear();
  turn('visible');
  watchesInPicture(null);
  sends({});
  stop = watchAttention(media, onChange);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  Reflect.deleteProperty(document, 'visibilityState');
  Reflect.deleteProperty(document, 'pictureInPictureElement');
});

function turn(visibilityState: DocumentVisibilityState) {
  Object.defineProperty(document, 'visibilityState', {
    value: visibilityState,
    configurable: true,
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

function watchesInPicture(element: Element | null) {
  Object.defineProperty(document, 'pictureInPictureElement', {
    value: element,
    configurable: true,
  });
}

function sends(on: Partial<MediaState>) {
  media.state = { ...off, ...on };
  media.changes.emit('state', media.state);
}

it('R59 whoever has not looked for a minute is away, and back at the first look', () => {
  turn('hidden');
  vi.advanceTimersByTime(59_000);
  expect(onChange).not.toHaveBeenCalled();
  vi.advanceTimersByTime(2_000);
  turn('visible');
  expect(onChange.mock.calls).toEqual([[true], [false]]);
});

it.each([{ microphone: true }, { screen: true }])('R59 who sends %j is here', (what) => {
  sends(what);
  turn('hidden');
  vi.advanceTimersByTime(300_000);
  expect(onChange).not.toHaveBeenCalled();
  sends({});
  vi.advanceTimersByTime(60_000);
  sends(what);
  expect(onChange.mock.calls).toEqual([[true], [false]]);
});

it('R59 whoever watches in a picture of its own is here', () => {
  watchesInPicture(document.body);
  turn('hidden');
  vi.advanceTimersByTime(300_000);
  expect(onChange).not.toHaveBeenCalled();
  watchesInPicture(null);
  vi.advanceTimersByTime(60_000);
  expect(onChange.mock.calls).toEqual([[true]]);
});

it('R59 a glance away is none', () => {
  turn('hidden');
  vi.advanceTimersByTime(30_000);
  turn('visible');
  turn('hidden');
  vi.advanceTimersByTime(59_000);
  expect(onChange).not.toHaveBeenCalled();
});

it('tells nothing after it was ended', () => {
  turn('hidden');
  stop();
  vi.advanceTimersByTime(60_000);
  expect(onChange).not.toHaveBeenCalled();
});
