import { beforeEach, expect, it } from 'vitest';
import { forgetOtherSeats } from './kept-in-seat.ts';
import { chatting } from './test/chatting.ts';

const { at, anew, hear, outgoing } = chatting();

beforeEach(() => {
  outgoing('x', { text: 'one' });
  outgoing('y', { text: 'two' });
});

/** What a page says again that is loaded anew. */
function saidAgain(selfId = 'self'): string[] {
  at.line.sayAgain.mockClear();
  anew(selfId).close();
  return at.line.sayAgain.mock.calls.map(([{ id }]) => id);
}

it('R42 what others have not got is said again after a reload, under the same id and in its order', () => {
  expect(saidAgain()).toEqual(['x', 'y']);
  expect(at.line.sayAgain).toHaveBeenCalledWith({
    ...{ id: 'x', to: null, body: { kind: 'text', text: 'one', name: 'me' } },
  });
});

it('what was sent meanwhile is not said again', () => {
  hear(1, { text: 'one' }, { from: 'self', id: 'x' });
  expect(saidAgain()).toEqual(['y']);
  hear(2, { text: 'two' }, { from: 'self', id: 'y' });
  expect(sessionStorage.getItem('confab:unsent')).toBeNull();
});

it('what was given up is not said again, and no message of another has anything to do with it', () => {
  hear(1, { text: 'theirs' }, { from: 'ada', id: 'y' });
  const entry = at.chat.entries.find(({ id }) => id === 'x');
  if (entry) at.chat.discard(entry);
  expect(saidAgain()).toEqual(['y']);
});

it('in another seat nothing is said again, and nothing stays of a seat that was given up', () => {
  expect(saidAgain('another')).toEqual([]);
  forgetOtherSeats('self');
  expect(saidAgain()).toEqual(['x', 'y']);
  forgetOtherSeats(null);
  expect(saidAgain()).toEqual([]);
});

it('a file is not kept, since the page that could send it is gone', () => {
  const file = { name: 'a.zip', size: 1, digest: 'A'.repeat(43) };
  outgoing('z', { kind: 'file', file });
  expect(saidAgain()).toEqual(['x', 'y']);
});

it('what was kept by others than this app is passed over', () => {
  const value = [{ id: 'x', to: null, body: { kind: 'text' } }, null, 'y'];
  sessionStorage.setItem('confab:unsent', JSON.stringify({ participantId: 'self', value }));
  expect(saidAgain()).toEqual([]);
});

it('is counted, changes too, until it is in the chat', () => {
  expect(at.chat.unsent).toBe(2);
  hear(1, { text: 'one' }, { from: 'self', id: 'x' });
  hear(2, { text: 'two' }, { from: 'self', id: 'y' });
  expect(at.chat.unsent).toBe(0);
  const target = 'A'.repeat(22);
  hear(3, { text: 'one' }, { from: 'self', id: target });
  outgoing('change', { kind: 'edit', id: target, text: 'three' });
  expect(at.chat.unsent).toBe(1);
  expect(at.chat.entries.at(-1)?.change?.id).toBe('change');
  expect(saidAgain()).toEqual(['change']);
});
