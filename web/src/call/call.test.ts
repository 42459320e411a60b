import { expect, it, vi } from 'vitest';
import { Call } from './call.svelte.ts';
import { LocalMedia } from './local-media.svelte.ts';
import { Preferences } from './preferences.ts';
import { type Calling, callEachTime } from './test/calling.ts';
import { FakeStream, FakeTrack, view } from './test/fakes.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));

const onEnd = vi.fn();
let { connection, media, call } = {} as Calling;
callEachTime(onEnd, (calling) => ({ connection, media, call } = calling));

it('R7 shows exactly those of the latest snapshot', () => {
  connection.events.emit('participants', [view('ada'), view('bo'), view('self')]);
  connection.events.emit('participants', [view('bo'), view('self'), view('cy')]);
  expect([...call.participants.keys()]).toEqual(['bo', 'self', 'cy']);
  expect(call.self?.isSelf).toBe(true);
});

it('keeps the same object for the same seat, so that nothing on screen begins anew', () => {
  connection.events.emit('participants', [view('ada')]);
  const ada = call.participants.get('ada');
  connection.events.emit('participants', [
    view('ada', { name: 'Ada', media: { microphone: false, camera: true } }),
  ]);
  expect(call.participants.get('ada')).toBe(ada);
  expect(ada?.name).toBe('Ada');
  expect(ada?.media.microphone).toBe(false);
});

it('nobody else passes for oneself by their name, neither shown nor announced', () => {
  const self = view('self', { name: 'You' });
  connection.events.emit('participants', [self, view('ada', { name: 'you' })]);
  connection.events.emit('participants', [self, view('bo', { name: 'You', arrival: 3 })]);
  vi.runOnlyPendingTimers();
  expect(call.self?.name).toBe('You');
  expect(call.participants.get('bo')?.name).toBe('“You” (name of another person) (3)');
  expect(call.announcer.text).toBe(
    '“You” (name of another person) (3) joined. “you” (name of another person) (2) left.',
  );
});

it('a link that is known before its participant is shown with them', () => {
  connection.events.emit('link', { participantId: 'ada', standing: 'ok', tracks: {} });
  connection.events.emit('participants', [view('ada')]);
  expect(call.participants.get('ada')?.standing).toBe('ok');
});

it('R9 whose server connection is gone is shown as reconnecting, unless the link itself is in trouble', () => {
  connection.events.emit('participants', [view('ada', { presence: 'reconnecting' })]);
  connection.events.emit('link', { participantId: 'ada', standing: 'ok', tracks: {} });
  expect(call.participants.get('ada')?.standing).toBe('reconnecting');
  connection.events.emit('link', { participantId: 'ada', standing: 'lost', tracks: {} });
  expect(call.participants.get('ada')?.standing).toBe('lost');
});

it('announces who comes, not who was there', () => {
  connection.events.emit('participants', [view('ada'), view('self')]);
  vi.runAllTimers();
  expect(call.announcer.text).toBe('');
  connection.events.emit('participants', [view('ada'), view('self'), view('bo')]);
  vi.runAllTimers();
  expect(call.announcer.text).toContain('bo');
});

it('R40 shows everybody’s links, one’s own first, and speaks of trouble that lasts', () => {
  connection.events.emit('participants', [view('ada'), view('self'), view('bo')]);
  const adas = (standing: 'restoring' | 'ok') => {
    connection.events.emit('standings', { from: 'ada', links: [{ to: 'bo', standing }] });
  };
  connection.events.emit('standings', { from: 'self', links: [{ to: 'bo', standing: 'weak' }] });
  adas('restoring');
  expect(call.pairs).toEqual([
    { one: 'self', other: 'bo', standing: 'weak' },
    { one: 'ada', other: 'bo', standing: 'restoring' },
  ]);
  vi.advanceTimersByTime(3_500);
  expect(call.announcer.text).toMatch(/ada\W+and\W+bo\W+is interrupted/);
  adas('ok');
  vi.advanceTimersByTime(500);
  expect(call.announcer.text).toMatch(/ada\W+and\W+bo\W+works again/);
});

it('R35 says once that the server is away, when it is noticeable, and once that it is back', () => {
  const tryAgain = (attempt: number) =>
    connection.events.emit('connection', { status: 'reconnecting', attempt });
  tryAgain(1);
  vi.advanceTimersByTime(1_900);
  expect(call.announcer.text).toBe('');
  vi.advanceTimersByTime(200);
  expect(call.announcer.text).toContain('interrupted');
  call.announcer.say('');
  tryAgain(2);
  expect(call.announcer.text).toBe('');
  connection.events.emit('connection', { status: 'connected', transport: 'websocket' });
  expect(call.announcer.text).toContain('again');
});

it('muting tells the others and changes no track', async () => {
  await media.toggleMicrophone();
  expect(connection.setMedia).toHaveBeenLastCalledWith({ microphone: false, camera: true });
  expect(connection.setTrack).not.toHaveBeenCalled();
});

it('the camera goes off and on by replacing its track', async () => {
  await media.toggleCamera();
  expect(connection.setTrack.mock.calls).toEqual([['camera', null]]);
  await media.toggleCamera();
  expect(connection.setTrack).toHaveBeenLastCalledWith('camera', media.camera.track);
  expect(connection.setMedia).toHaveBeenLastCalledWith({ microphone: true, camera: true });
});

it('R55 a screen is shared and stopped by replacing its tracks, and the others are told', async () => {
  const picture = new FakeTrack();
  Object.assign(navigator.mediaDevices, {
    getSupportedConstraints: () => ({}),
    getDisplayMedia: () =>
      Promise.resolve({ getVideoTracks: () => [picture], getAudioTracks: () => [] }),
  });
  const sharing = new LocalMedia(new Preferences());
  const own = new Call(connection, sharing, onEnd);
  await sharing.screen.start();
  expect(connection.setTrack.mock.calls).toEqual([['screen', picture]]);
  expect(connection.setMedia).toHaveBeenLastCalledWith({
    microphone: false,
    camera: false,
    screen: true,
  });
  own.aimScreen('motion');
  expect(picture.contentHint).toBe('motion');
  expect(connection.setTrack).toHaveBeenCalledTimes(2);
  sharing.release();
  expect(connection.setTrack).toHaveBeenLastCalledWith('screen', null);
  expect(picture.readyState).toBe('ended');
  own.close();
});

it('announces who begins and who stops sharing, but not who shared before one came', () => {
  const sharing = { media: { microphone: true, camera: true, screen: true } };
  connection.events.emit('participants', [view('ada', sharing), view('bo'), view('self')]);
  expect(call.announcer.text).toBe('');
  connection.events.emit('participants', [view('ada', sharing), view('bo', sharing), view('self')]);
  expect(call.announcer.text).toContain('bo shares a screen');
  connection.events.emit('participants', [view('ada'), view('bo', sharing), view('self')]);
  expect(call.announcer.text).toContain('ada no longer shares');
});

it("shows one's own state as it is here, whatever the server last heard", async () => {
  await media.toggleMicrophone();
  connection.events.emit('participants', [view('self')]);
  expect(call.self?.media).toEqual({ microphone: false, camera: true });
});

it("one's own picture goes on through every snapshot", () => {
  vi.stubGlobal('MediaStream', FakeStream);
  connection.events.emit('participants', [view('self')]);
  const picture = call.self?.picture;
  expect(picture).not.toBeNull();
  connection.events.emit('participants', [view('self'), view('ada')]);
  expect(call.self?.picture).toBe(picture);
});

it('passes loudness on to the others and to the own tile', () => {
  connection.events.emit('participants', [view('self')]);
  media.changes.emit('loudness', { level: 0.5, speaking: true });
  expect(connection.announceLevel).toHaveBeenCalledWith(0.5, true);
  expect(call.self?.isSpeaking).toBe(true);
});

it('R26 remembers the name of whose connection was attacked, after they left', () => {
  const refused = { fingerprint: 1, altered: 0, repeated: 0, stale: 0 };
  connection.events.emit('participants', [view('ada', { name: 'Ada' })]);
  connection.events.emit('refused', { participantId: 'ada', refused });
  connection.events.emit('participants', []);
  connection.events.emit('refused', {
    participantId: 'ada',
    refused: { ...refused, fingerprint: 2 },
  });
  expect(call.refusals.attacked.map(([, { name }]) => name)).toEqual(['Ada']);
});

it('R19 what was merely repeated or out of date is counted and alarms nobody', () => {
  const refused = { fingerprint: 0, altered: 0, repeated: 3, stale: 2 };
  connection.events.emit('refused', { participantId: 'ada', refused });
  expect(call.refusals.all).toHaveLength(1);
  expect(call.refusals.attacked).toHaveLength(0);
});

it('R8 hears when the seat was taken elsewhere', () => {
  connection.events.emit('connection', { status: 'taken' });
  expect(onEnd).toHaveBeenCalledExactlyOnceWith({ status: 'taken' });
});

it('after closing, nothing reaches it and nothing leaves it', async () => {
  call.close();
  connection.events.emit('participants', [view('ada')]);
  await media.toggleMicrophone();
  expect(call.participants.size).toBe(0);
  expect(connection.setMedia).not.toHaveBeenCalled();
  expect(connection.close).toHaveBeenCalled();
});

it('R48 says that the meeting was locked and opened again, but not how it was found', () => {
  connection.events.emit('policy', { locked: true });
  expect([call.isLocked, call.announcer.text]).toEqual([true, '']);
  connection.events.emit('policy', { locked: true });
  expect(call.announcer.text).toBe('');
  connection.events.emit('policy', { locked: false });
  expect([call.isLocked, call.announcer.text]).toEqual([false, 'The meeting is open again.']);
  connection.events.emit('policy', { locked: true });
  expect(call.announcer.text).toBe('The meeting is locked. Nobody new comes in.');
});
