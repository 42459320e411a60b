import { beforeEach, expect, it, vi } from 'vitest';
import { LastFrame } from './last-frame.ts';

/** A video that shows what a test says, and a canvas that keeps it. */
class Screen {
  shown: string | null = 'before';
  drawn: string | null = null;
  readonly #waiting = new Map<number, () => void>();
  readonly canvas = document.createElement('canvas');
  readonly video: HTMLVideoElement;

  constructor() {
    const drawImage = () => (this.drawn = this.shown);
    vi.spyOn(this.canvas, 'getContext').mockReturnValue({ drawImage } as never);
    this.video = Object.assign(document.createElement('video'), {
      requestVideoFrameCallback: (act: () => void) => {
        this.#waiting.set(this.#waiting.size + 1, act);
        return this.#waiting.size;
      },
      cancelVideoFrameCallback: (handle: number) => this.#waiting.delete(handle),
    });
    Object.defineProperty(this.video, 'videoWidth', { get: () => (this.shown === null ? 0 : 320) });
    Object.defineProperty(this.video, 'videoHeight', {
      get: () => (this.shown === null ? 0 : 180),
    });
  }

  /** The video presents another frame. */
  present(frame: string): void {
    this.shown = frame;
    const due = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const act of due) act();
  }

  /** What one sees. */
  get seen(): string | null {
    return this.canvas.hidden ? this.shown : this.drawn;
  }
}

let screen: Screen;
let lastFrame: LastFrame;

beforeEach(() => {
  screen = new Screen();
  lastFrame = new LastFrame(screen.video, screen.canvas);
});

it('keeps the last frame when the video is emptied, until a new one has come', () => {
  lastFrame.hold();
  screen.shown = null;
  expect(screen.seen).toBe('before');
  lastFrame.release();
  expect(screen.seen).toBe('before');
  screen.present('after');
  expect(screen.seen).toBe('after');
  screen.present('later');
  expect(screen.seen).toBe('later');
});

it('follows a picture that still moves while its connection is doubted', () => {
  lastFrame.hold();
  screen.present('one');
  screen.present('two');
  screen.shown = null;
  expect(screen.seen).toBe('two');
});

it('keeps what it has when trouble returns before a new frame has come', () => {
  lastFrame.hold();
  // As Chromium leaves a video whose connection was closed: of the same size, and empty.
  screen.shown = '';
  lastFrame.release();
  lastFrame.hold();
  expect(screen.seen).toBe('before');
  lastFrame.release();
  screen.present('after');
  expect(screen.seen).toBe('after');
});

it('shows nothing where nothing was seen', () => {
  screen.shown = null;
  lastFrame.hold();
  lastFrame.release();
  expect(screen.canvas.hidden).toBe(true);
});

it('leaves to the video what comes before somebody is reached for the first time', () => {
  screen.shown = null;
  lastFrame.hold();
  screen.present('first');
  expect(screen.canvas.hidden).toBe(true);
  lastFrame.release();
  lastFrame.hold();
  expect(screen.canvas.hidden).toBe(false);
});
