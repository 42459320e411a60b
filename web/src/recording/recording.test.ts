import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Recording } from './recording.ts';
import type { RecorderReport } from './recorder-messages.ts';

const file = {
  output: { addVideoTrack: vi.fn(), addAudioTrack: vi.fn(), start: vi.fn() },
  bytes: 0,
  finish: vi.fn(),
  abandon: vi.fn(),
};
let left = Infinity;
const markWhole = vi.hoisted(() => vi.fn());
const addPicture = vi.hoisted(() => vi.fn<(at: number) => Promise<void>>());

const addSound = vi.hoisted(() => vi.fn<(sample: { timestamp: number }) => Promise<void>>());

vi.mock('./recorded-file.ts', () => ({ RecordedFile: { open: () => Promise.resolve(file) } }));
vi.mock('./recording-store.ts', () => ({ markWhole }));
vi.mock('./left-room.ts', () => ({ leftRoom: () => Promise.resolve(left) }));
vi.mock('./composition.ts', () => ({ drawScene: vi.fn(), WIDTH: 1280, HEIGHT: 720 }));
vi.mock('mediabunny', () => ({
  AudioSample: class {
    readonly timestamp: number;
    constructor({ timestamp }: { timestamp: number }) {
      this.timestamp = timestamp;
    }
    close = vi.fn();
  },
  AudioSampleSource: class {
    add = addSound;
  },
  CanvasSource: class {
    add = addPicture;
  },
  Quality: Object,
}));

const FULL = new DOMException('The disk is full.', 'QuotaExceededError');
let reports: RecorderReport[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({});
    },
  );
  vi.clearAllMocks();
  file.finish.mockResolvedValue(undefined);
  addPicture.mockResolvedValue(undefined);
  addSound.mockResolvedValue(undefined);
  left = Infinity;
  reports = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

let giveSound: (samples: Float32Array<ArrayBuffer>) => void;

function make(): Recording {
  const sound = { onmessage: null } as unknown as MessagePort;
  giveSound = (samples) => {
    sound.onmessage?.(new MessageEvent('message', { data: { at: Date.now(), samples } }));
  };
  const order = { what: 'record', name: '1.part', sound, asks: false } as const;
  return new Recording(order, (report) => reports.push(report));
}

async function begin(): Promise<Recording> {
  const recording = make();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(reports).toContainEqual({ what: 'begun' });
  return recording;
}

const ends = () => reports.filter(({ what }) => what === 'done' || what === 'failed');

it('is whole when it is stopped', async () => {
  const recording = await begin();
  recording.obey({ what: 'stop' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(markWhole).toHaveBeenCalledWith('1.part');
  expect(ends()).toEqual([{ what: 'done' }]);
});

it('is whole also when it is stopped before it has begun', async () => {
  make().obey({ what: 'stop' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(markWhole).toHaveBeenCalledWith('1.part');
  expect(ends()).toEqual([{ what: 'done' }]);
});

it('has a picture until the end, also where the encoder did not keep up', async () => {
  const recording = await begin();
  let encoded: () => void = () => undefined;
  addPicture.mockImplementation(() => new Promise((resolve) => (encoded = resolve)));
  await vi.advanceTimersByTimeAsync(500);
  encoded();
  recording.obey({ what: 'stop' });
  await vi.advanceTimersByTimeAsync(0);
  const [last] = addPicture.mock.lastCall ?? [];
  expect(last).toBeCloseTo(1.5, 1);
  expect(file.finish).not.toHaveBeenCalled();
  encoded();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ends()).toEqual([{ what: 'done' }]);
});

it('says so, and lets go of the file, where there is no room to make it whole', async () => {
  const recording = await begin();
  file.finish.mockRejectedValue(FULL);
  recording.obey({ what: 'stop' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(markWhole).not.toHaveBeenCalled();
  expect(file.abandon).toHaveBeenCalled();
  expect(ends()).toEqual([{ what: 'failed', fault: 'full' }]);
});

it('ends by itself, whole, before the disk is full', async () => {
  await begin();
  left = 10_000_000;
  await vi.advanceTimersByTimeAsync(6_000);
  expect(markWhole).toHaveBeenCalledWith('1.part');
  expect(ends()).toEqual([{ what: 'failed', fault: 'full' }]);
});

it('has a picture every 40 ms, and none twice where a timer comes early', async () => {
  await begin();
  vi.setSystemTime(Date.now() - 1);
  await vi.advanceTimersByTimeAsync(1_000);
  const places = addPicture.mock.calls.map(([at]) => Math.round(at * 1_000));
  expect(places.length).toBeGreaterThan(45);
  expect(places).toEqual(places.map((_, index) => 40 * index));
});

it('says when the browser gives no sound, until it gives some', async () => {
  await begin();
  const latest = () => reports.findLast(({ what }) => what === 'progress');
  expect(latest()).toMatchObject({ isSilent: false });
  await vi.advanceTimersByTimeAsync(6_000);
  expect(latest()).toMatchObject({ isSilent: true });
  giveSound(new Float32Array(3_840));
  await vi.advanceTimersByTimeAsync(1_500);
  expect(latest()).toMatchObject({ isSilent: false });
});

it.each([
  ['slept for three hours', 10_800_000],
  ['set its clock back by three minutes', -180_000],
])('goes on where it was when the computer has %s', async (_, ms) => {
  const recording = await begin();
  addPicture.mockClear();
  addSound.mockClear();
  vi.setSystemTime(Date.now() + ms);
  // What is heard first may come before a timer does.
  giveSound(new Float32Array(3_840));
  await vi.advanceTimersByTimeAsync(2_000);
  recording.obey({ what: 'stop' });
  await vi.advanceTimersByTimeAsync(1_000);
  const pictures = addPicture.mock.calls.map(([at]) => at);
  const sounds = addSound.mock.calls.map(([{ timestamp }]) => timestamp);
  for (const places of [pictures, sounds]) {
    expect(places.length).toBeGreaterThan(1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places.at(-1)).toBeGreaterThan(1.9);
    expect(places.at(-1)).toBeLessThan(3.1);
  }
  expect(reports.findLast(({ what }) => what === 'progress')).toMatchObject({ isSilent: false });
  expect(ends()).toEqual([{ what: 'done' }]);
});

it('is silent, and not shorter, for a moment in which the computer did nothing', async () => {
  const recording = await begin();
  vi.setSystemTime(Date.now() + 3_000);
  await vi.advanceTimersByTimeAsync(1_000);
  recording.obey({ what: 'stop' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(addPicture.mock.lastCall?.[0]).toBeGreaterThan(4.8);
});
