import { expect, it } from 'vitest';
import type { Call } from '../call/call.svelte.ts';
import { wordsForConnection } from './connection-words.ts';

type Extent = Call['interruption']['extent'];

/** What the banner says while the server is away, with others whose links work or not. */
function words(
  attempt: number,
  {
    others = [true],
    extent = 'noticeable',
    isOnline = true,
    forgotten = false,
  }: { others?: boolean[]; extent?: Extent; isOnline?: boolean; forgotten?: boolean } = {},
) {
  const people = [true, ...others].map((isReached, index) => [
    String(index),
    { isSelf: index === 0, isReached },
  ]);
  const call = {
    status: { status: 'reconnecting', attempt, ...(forgotten && { forgotten }) },
    interruption: { extent },
    participants: new Map(people as never),
  };
  return wordsForConnection(call as never, isOnline);
}

it.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [21, '21st'],
  [102, '102nd'],
])('try %i is the %s', (attempt, ordinal) => {
  expect(words(attempt)?.title).toBe(`Reconnecting, ${ordinal} try`);
});

it('says nothing while all is well, or as good as', () => {
  expect(words(1, { extent: 'none' })).toBeNull();
  const connected = { status: { status: 'connected', transport: 'websocket' } };
  expect(wordsForConnection(connected as never, true)).toBeNull();
});

it('R35 says what works all the same', () => {
  expect(words(3)?.text).toBe('You still see and hear each other.');
  expect(words(3, { others: [false, true] })?.text).toBe('You still see and hear each other.');
});

it('does not promise what does not work', () => {
  expect(words(3, { others: [false] })?.text).toMatch(
    /^Nobody can be reached .* Stay on this page/,
  );
  expect(words(3, { others: [] })?.text).toMatch(/^Nobody can join .* Stay on this page/);
});

it('after a while says that one need do nothing', () => {
  expect(words(9, { extent: 'long' })?.text).toMatch(/^You still see .* Stay on this page/);
});

it('says what is known of the cause', () => {
  expect(words(3, { isOnline: false, others: [false] })?.text).toMatch(
    /^Your device has no network/,
  );
  expect(words(3, { forgotten: true })?.text).toMatch(/^The server no longer knows this meeting/);
});

it('offers to try now where something is missed', () => {
  expect(words(3)?.isMissed).toBe(false);
  expect(words(3, { others: [false] })?.isMissed).toBe(true);
  expect(words(3, { others: [] })?.isMissed).toBe(true);
  expect(words(9, { extent: 'long' })?.isMissed).toBe(true);
});
