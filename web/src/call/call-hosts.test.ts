import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Calling, callEachTime } from './test/calling.ts';
import { FakeStream, FakeTrack, view } from './test/fakes.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));

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
  expect(call.hosting.asking).toEqual([]);
  connection.events.emit('participants', [view('self', { role: 'host' }), bo]);
  expect(call.hosting.asking.map(({ id }) => id)).toEqual(['bo']);
  expect(call.hosting.hasNews).toBe(true);
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

const slotsSent = () =>
  (connection.setTrack.mock.calls as unknown as [string, unknown][]).map(([slot, track]) => [
    slot,
    track !== null,
  ]);

it('R100 R101 sends nothing, not even silence, from a host’s word until the server says that it is over', async () => {
  connection.events.emit('participants', [view('self', { stopped: ['microphone'] })]);
  expect(media.microphoneOn).toBe(false);
  expect(slotsSent()).toEqual([['microphone', false]]);
  await media.toggleMicrophone();
  expect(media.microphoneOn).toBe(true);
  expect(connection.setMedia).toHaveBeenLastCalledWith({ microphone: true, camera: true });
  connection.events.emit('participants', [view('self', { stopped: ['microphone'] })]);
  expect([media.microphoneOn, media.isHeld]).toEqual([true, true]);
  expect(slotsSent()).toHaveLength(1);
  connection.events.emit('participants', [view('self')]);
  expect(media.isHeld).toBe(false);
  expect(slotsSent()).toEqual([
    ['microphone', false],
    ['microphone', true],
  ]);
  connection.events.emit('participants', [view('self', { speech: 'forbidden' })]);
  expect(slotsSent().at(-1)).toEqual(['microphone', false]);
});

it('R101 mutes itself once more where the server never heard that it had', async () => {
  connection.events.emit('participants', [view('self', { stopped: ['microphone'] })]);
  await media.toggleMicrophone();
  const heedless = view('self', { stopped: ['microphone'], heedless: true });
  connection.events.emit('participants', [heedless]);
  expect(media.microphoneOn).toBe(false);
  expect(connection.setMedia).toHaveBeenLastCalledWith({ microphone: false, camera: true });
});

it('R101 ends a share that is stopped, and shows the next when the server has allowed it', () => {
  const stop = vi.spyOn(media.screen, 'stop');
  const [picture, sound] = [new FakeTrack(), new FakeTrack()];
  vi.spyOn(media.screen, 'picture', 'get').mockReturnValue(picture as never);
  vi.spyOn(media.screen, 'sound', 'get').mockReturnValue(sound as never);
  expect([media.tracks.screen, media.tracks.screenSound]).toEqual([picture, sound]);
  connection.events.emit('participants', [view('self', { stopped: ['screen'] })]);
  expect(stop).toHaveBeenCalledOnce();
  expect([media.tracks.screen, media.tracks.screenSound]).toEqual([null, null]);
  connection.events.emit('participants', [view('self')]);
  expect([media.tracks.screen, media.tracks.screenSound]).toEqual([picture, sound]);
  connection.events.emit('participants', [view('self', { speech: 'asking' })]);
  expect([media.tracks.screen, media.tracks.screenSound]).toEqual([picture, null]);
});

it('R101 plays nothing of whoever is muted, or says so, until they say otherwise, over the link too', () => {
  const [microphone, screenSound] = [new FakeTrack(), new FakeTrack()];
  const tracks = { microphone, screenSound } as never;
  const bo = (more: object) => connection.events.emit('participants', [view('bo', more)]);
  const says = (level: number) =>
    connection.events.emit('level', { participantId: 'bo', level, speaking: level > 0 });
  const muted = { media: { microphone: false, camera: true } };
  bo({});
  connection.events.emit('link', { participantId: 'bo', standing: 'ok', tracks });
  expect(microphone.enabled).toBe(true);
  bo(muted);
  says(0);
  expect([microphone.enabled, screenSound.enabled]).toEqual([false, true]);
  says(0.2);
  bo(muted);
  expect(microphone.enabled).toBe(true);
  bo({ ...muted, stopped: ['microphone'] });
  says(0.2);
  expect([microphone.enabled, screenSound.enabled]).toEqual([false, true]);
  expect(call.participants.get('bo')?.isSpeaking).toBe(false);
  bo({});
  expect(microphone.enabled).toBe(true);
});

it('R100 shows nothing of whoever’s page disobeys, and says so', () => {
  const camera = new FakeTrack();
  const link = { participantId: 'bo', standing: 'ok', tracks: { camera } } as never;
  connection.events.emit('participants', [view('self'), view('bo')]);
  connection.events.emit('link', link);
  expect(call.participants.get('bo')?.picture).not.toBeNull();
  connection.events.emit('disobedience', ['bo']);
  expect(call.participants.get('bo')).toMatchObject({ picture: null, standing: 'closed' });
  expect([call.hosting.disobedient, call.hosting.hasNews]).toEqual([['bo'], true]);
  connection.events.emit('disobedience', []);
  connection.events.emit('link', link);
  expect(call.participants.get('bo')).toMatchObject({ standing: 'ok' });
  expect([call.participants.get('bo')?.picture === null, call.hosting.hasNews]).toEqual([
    false,
    false,
  ]);
});
