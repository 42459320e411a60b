import type { LiveReaction } from '@confab/protocol';
import { expect, it, vi } from 'vitest';
import { Call } from './call.svelte.ts';
import { type Calling, callEachTime } from './test/calling.ts';
import { fakeConnection, view } from './test/fakes.ts';

vi.mock('./level-meter.ts', () => import('./test/silent-level-meter.ts'));

const onEnd = vi.fn();
let { connection, media, call } = {} as Calling;
callEachTime(onEnd, (calling) => ({ connection, media, call } = calling));

it('R57 shows hands in the order of the server, and one’s own at once', () => {
  connection.events.emit('participants', [view('ada'), view('bo'), view('self')]);
  const raised = () => call.raisedHands.map(({ id }) => id);
  connection.events.emit('participants', [
    view('ada', { hand: 2 }),
    view('bo', { hand: 1 }),
    view('self'),
  ]);
  call.toggleHand();
  expect(connection.signs.setHand).toHaveBeenLastCalledWith(true);
  connection.signs.events.emit('hand', { wanted: true });
  expect(raised()).toEqual(['bo', 'ada', 'self']);
  connection.events.emit('participants', [view('ada', { hand: 2 }), view('bo'), view('self')]);
  expect(raised()).toEqual(['ada', 'self']);
  connection.signs.events.emit('hand', { wanted: null });
  expect(raised()).toEqual(['ada']);
});

it('R57 tells of hands that go up, not of those that were found up', () => {
  const raised = vi.fn();
  call.news.happenings.on('raised', raised);
  connection.events.emit('participants', [view('ada', { hand: 1 }), view('bo'), view('self')]);
  connection.events.emit('participants', [
    view('ada', { hand: 1 }),
    view('bo', { hand: 2 }),
    view('self', { hand: 3 }),
    view('cy', { hand: 4 }),
  ]);
  vi.advanceTimersByTime(2_500);
  const said = call.announcer.text;
  expect(said).toBe('cy joined. bo raised a hand.');
  expect(raised).toHaveBeenCalledOnce();
  expect(call.news.notices.shown).toEqual({
    joined: ['cy'],
    left: [],
    removed: [],
    raised: ['bo'],
  });
  vi.advanceTimersByTime(5_000);
  expect(call.news.notices.shown).toEqual({ joined: [], left: [], removed: [], raised: [] });
});

it('R58 shows who reacts for a moment, and says a burst of it as one', () => {
  connection.events.emit('participants', [view('ada'), view('bo'), view('self')]);
  const react = (participantId: string, emoji: LiveReaction) =>
    connection.signs.events.emit('reaction', { participantId, emoji });
  react('ada', '👏');
  react('ada', '👏');
  react('bo', '👏');
  react('self', '🎉');
  expect(call.participants.get('ada')?.reaction).toBe('👏');
  expect(call.signs.floating.map(({ from }) => from)).toEqual(['ada', 'ada', 'bo', 'self']);
  vi.advanceTimersByTime(2_000);
  expect(call.announcer.text).toBe('ada and bo: 👏. you: 🎉.');
  vi.advanceTimersByTime(3_000);
  expect(call.participants.get('ada')?.reaction).toBeNull();
  expect(call.signs.floating).toEqual([]);
});

it('R58 reactions can be silenced, and stay so', () => {
  connection.events.emit('participants', [view('ada'), view('self')]);
  call.signs.reactions.isOn = false;
  connection.signs.events.emit('reaction', { participantId: 'ada', emoji: '👏' });
  vi.advanceTimersByTime(2_000);
  expect([call.signs.floating, call.announcer.text]).toEqual([[], '']);
  expect(new Call(fakeConnection(), media, onEnd).signs.reactions.isOn).toBe(false);
});

it('R58 a storm of reactions leaves the people visible', () => {
  connection.events.emit('participants', [view('ada'), view('self')]);
  for (let count = 0; count < 100; count++)
    connection.signs.events.emit('reaction', { participantId: 'ada', emoji: '👍' });
  expect(call.signs.floating).toHaveLength(12);
});
