import { MAX_WAITING, Refusal } from '@confab/protocol';
import { expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { Denials } from './denials.ts';
import type { MeetingStore } from './meeting-store.ts';
import type { Ticket } from './ticket.ts';
import { WaitingRoom } from './waiting-room.ts';

const hear = () => undefined;

test('R71 nobody alone fills the queue: half of it is for others, and it ends for them, too', () => {
  const store = { keep: hear } as unknown as MeetingStore;
  const denials = new Denials([], systemClock, hear);
  const room = new WaitingRoom('meeting', { clock: systemClock, store, denials, onChange: hear });
  const knock = (participantId: string, network: string | null) => {
    const ticket: Ticket = { participantId, role: 'participant', via: [], network };
    return room.knock(ticket, participantId, { incarnation: '', hello: '' }, false).place;
  };
  const half = MAX_WAITING / 2;
  for (let place = 1; place <= half; place++) expect(knock(`m${place}`, 'mallory')).toBe(place);
  expect(() => knock('more', 'mallory')).toThrow(new Refusal('too-many-requests'));
  expect(knock('m1', 'mallory')).toBe(1);
  for (let place = half + 1; place <= MAX_WAITING; place++)
    expect(knock(`o${place}`, `${place}`)).toBe(place);
  expect(() => knock('last', 'nobody yet')).toThrow(new Refusal('too-many-requests'));
});
