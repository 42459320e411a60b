import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Calling, callEachTime } from './test/calling.ts';
import { FakeStream, FakeTrack, view } from './test/fakes.ts';

vi.mock('./level-meter.ts', () => ({
  LevelMeter: class {
    readonly measure = vi.fn();
    readonly close = vi.fn();
  },
}));

let { connection, media, call } = {} as Calling;
callEachTime(vi.fn(), (calling) => ({ connection, media, call } = calling));

beforeEach(() => void vi.stubGlobal('MediaStream', FakeStream));
afterEach(() => vi.unstubAllGlobals());

const told = (what: 'muted' | 'unshared') => connection.events.emit('told', { what, by: 'host' });

it('R66 mutes itself when a host asks, says who did, and nothing where it was muted already', async () => {
  told('muted');
  expect(media.microphoneOn).toBe(false);
  expect(connection.setMedia).toHaveBeenLastCalledWith({ microphone: false, camera: true });
  expect(call.hosting.told).toEqual({ what: 'muted', by: 'host' });
  call.hosting.showTold(null);
  told('muted');
  expect(call.hosting.told).toBeNull();
  await media.toggleMicrophone();
  expect(media.microphoneOn).toBe(true);
});

it('R67 cannot unmute as long as a host forbids it, and stays muted when it is allowed again', async () => {
  connection.events.emit('participants', [view('self', { speech: 'forbidden' })]);
  expect(media.microphoneOn).toBe(false);
  await media.toggleMicrophone();
  expect(media.holdToTalk(true)).toBe(false);
  expect(media.microphoneOn).toBe(false);
  connection.events.emit('participants', [view('self')]);
  expect(media.microphoneOn).toBe(false);
  await media.toggleMicrophone();
  expect(media.microphoneOn).toBe(true);
  connection.events.emit('participants', [view('self', { speech: 'forbidden' })]);
  call.close();
  expect(media.isForbidden).toBe(false);
});

it('R67 drops all sound of whoever may not speak, and their levels, until they may', () => {
  const [microphone, screenSound, camera] = [new FakeTrack(), new FakeTrack(), new FakeTrack()];
  const tracks = { microphone, screenSound, camera } as never;
  connection.events.emit('participants', [view('self'), view('bo', { speech: 'asking' })]);
  connection.events.emit('link', { participantId: 'bo', standing: 'ok', tracks });
  expect([microphone.enabled, screenSound.enabled, camera.enabled]).toEqual([false, false, true]);
  connection.events.emit('level', { participantId: 'bo', level: 0.8, speaking: true });
  expect(call.participants.get('bo')?.isSpeaking).toBe(false);
  expect(call.speaker.id).toBeNull();
  connection.events.emit('participants', [view('self'), view('bo')]);
  expect([microphone.enabled, screenSound.enabled]).toEqual([true, true]);
  connection.events.emit('participants', [view('self'), view('bo', { speech: 'forbidden' })]);
  expect([microphone.enabled, screenSound.enabled]).toEqual([false, false]);
});

it('R67 tells hosts, and nobody else, who asks to speak', () => {
  const bo = view('bo', { speech: 'asking' });
  connection.events.emit('participants', [view('self'), bo]);
  expect(call.asking).toEqual([]);
  connection.events.emit('participants', [view('self', { role: 'host' }), bo]);
  expect(call.asking.map(({ id }) => id)).toEqual(['bo']);
  expect(call.hasHostNews).toBe(true);
});

it('R68 ends its share when a host has stopped it', () => {
  const stop = vi.spyOn(media.screen, 'stop');
  told('unshared');
  expect(stop).not.toHaveBeenCalled();
  expect(call.hosting.told).toBeNull();
  vi.spyOn(media.screen, 'isOn', 'get').mockReturnValue(true);
  told('unshared');
  expect(stop).toHaveBeenCalledOnce();
  expect(call.hosting.told).toEqual({ what: 'unshared', by: 'host' });
});
