import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SteadyPicture } from './steady-picture.ts';
import { FakeStream, FakeTrack } from './test/fakes.ts';

const fakeTrack = () => new FakeTrack() as unknown as MediaStreamTrack;
const cancel = vi.fn();
let arrive: () => void;
let picture: SteadyPicture;

beforeEach(() => {
  vi.stubGlobal('MediaStream', FakeStream);
  cancel.mockClear();
  picture = new SteadyPicture((_track, onPicture) => {
    arrive = onPicture;
    return cancel;
  });
});
afterEach(() => vi.unstubAllGlobals());

it('keeps the last picture of the old track until the new one has one, in the same stream', () => {
  const [old, next] = [fakeTrack(), fakeTrack()];
  const stream = picture.show(old, true);
  expect(picture.show(next, true)).toBe(stream);
  expect(stream?.getTracks()).toEqual([old]);
  arrive();
  expect(stream?.getTracks()).toEqual([next]);
  expect(picture.show(next, true)).toBe(stream);
});

it('waits for the newest track alone', () => {
  const [old, lost, next] = [fakeTrack(), fakeTrack(), fakeTrack()];
  const stream = picture.show(old, true);
  picture.show(lost, true);
  picture.show(next, true);
  expect(cancel).toHaveBeenCalledOnce();
  arrive();
  expect(stream?.getTracks()).toEqual([next]);
});

it('keeps the track that it shows when it waits for that very track again', () => {
  const [old, next] = [fakeTrack(), fakeTrack()];
  const stream = picture.show(old, true);
  picture.show(next, true);
  picture.show(old, true);
  arrive();
  expect(stream?.getTracks()).toEqual([old]);
});

it('a link that wavers goes back to the track that is still shown', () => {
  const [old, other] = [fakeTrack(), fakeTrack()];
  const stream = picture.show(old, true);
  picture.show(other, true);
  picture.show(old, true);
  arrive();
  expect(stream?.getTracks()).toEqual([old]);
});

it('waits for nothing where nothing is seen, even when it began to wait before', () => {
  const [first, second, third] = [fakeTrack(), fakeTrack(), fakeTrack()];
  const stream = picture.show(first, false);
  picture.show(second, false);
  expect(stream?.getTracks()).toEqual([second]);
  picture.show(third, true);
  picture.show(third, false);
  expect(stream?.getTracks()).toEqual([third]);
  expect(cancel).toHaveBeenCalledOnce();
});

it('keeps the picture while a link is between two connections, and drops it when the camera is off', () => {
  const track = fakeTrack();
  const stream = picture.show(track, true);
  expect(picture.show(null, true)).toBe(stream);
  expect(picture.show(null, false)).toBeNull();
});
