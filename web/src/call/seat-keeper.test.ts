import { beforeEach, expect, it } from 'vitest';
import { Emitter } from '../connection/emitter.ts';
import type { MeetingEvents } from '../connection/meeting-events.ts';
import type { LocalMediaEvents } from './local-media.svelte.ts';
import { type RememberedSeat, rememberedSeat } from './remembered-seat.ts';
import { SeatKeeper } from './seat-keeper.ts';

const first: RememberedSeat = {
  admission: { token: 'first', participantId: 'me', role: 'host', tokenLifetime: 3_600 },
  resume: null,
  name: 'Ada',
  media: { microphone: true, camera: true },
};
const seats: string[] = [];
let connection: Emitter<MeetingEvents>;
let media: Emitter<LocalMediaEvents>;
let keeper: SeatKeeper;

beforeEach(() => {
  sessionStorage.clear();
  seats.length = 0;
  connection = new Emitter();
  media = new Emitter();
  keeper = new SeatKeeper('meeting', first, { connection, media }, (id) => seats.push(id));
});

it('R8 the storage always holds the latest tokens, and who one is', () => {
  connection.emit('seat', { participantId: 'me', token: 'second', resume: 'one' });
  expect(rememberedSeat('meeting')).toMatchObject({
    admission: { token: 'second' },
    resume: 'one',
  });
  connection.emit('seat', { participantId: 'somebody else', token: 'third', resume: 'two' });
  expect(rememberedSeat('meeting')).toEqual({
    ...first,
    admission: { ...first.admission, participantId: 'somebody else', token: 'third' },
    resume: 'two',
  });
  expect(seats).toEqual(['me', 'somebody else']);
  expect(keeper.seat).toEqual(rememberedSeat('meeting'));
});

it('a reload finds microphone and camera as they were', () => {
  media.emit('state', { microphone: false, camera: true });
  expect(rememberedSeat('meeting')?.media).toEqual({ microphone: false, camera: true });
});

it('after closing, what was given up is not written again', () => {
  keeper.close();
  connection.emit('seat', { participantId: 'me', token: 'late', resume: 'late' });
  media.emit('state', { microphone: false, camera: false });
  expect(rememberedSeat('meeting')).toBeNull();
});
