import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Announcer, sentenceFor } from './announcer.svelte.ts';
import { rosterChange } from './roster-changes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([
  [{ joined: ['Ada'], left: [] }, 'Ada joined.'],
  [{ joined: ['Ada', 'Bo'], left: [] }, 'Ada and Bo joined.'],
  [{ joined: ['Ada', 'Bo', 'Cy'], left: ['Di'] }, 'Ada, Bo, and Cy joined. Di left.'],
  [{ joined: [], left: ['A', 'B', 'C', 'D'] }, '4 people left.'],
  [{ joined: [null], left: [] }, 'someone without a name joined.'],
])('%j is said as %j', (change, sentence) => {
  expect(sentenceFor(change)).toBe(sentence);
});

it('says in one sentence what happens within a moment', () => {
  const announcer = new Announcer();
  announcer.note({ joined: ['Ada'], left: [] });
  announcer.note({ joined: ['Bo'], left: ['Cy'] });
  expect(announcer.text).toBe('');
  vi.runAllTimers();
  expect(announcer.text).toBe('Ada and Bo joined. Cy left.');
});

it('does not repeat what it has said', () => {
  const announcer = new Announcer();
  announcer.note({ joined: ['Ada'], left: [] });
  vi.runAllTimers();
  announcer.note({ joined: [], left: ['Ada'] });
  vi.runAllTimers();
  expect(announcer.text).toBe('Ada left.');
});

it('says nothing where nobody came or went', () => {
  const announcer = new Announcer();
  announcer.say('Connected to the server again.');
  announcer.note({ joined: [], left: [] });
  vi.runAllTimers();
  expect(announcer.text).toBe('Connected to the server again.');
});

it('tells people apart by their seats, not by their names', () => {
  const before = [
    { id: '1', name: 'Ada' },
    { id: '2', name: 'Bo' },
  ];
  const after = [
    { id: '2', name: 'Bob' },
    { id: '3', name: 'Ada' },
  ];
  expect(rosterChange(before, after)).toEqual({ joined: ['Ada'], left: ['Ada'] });
});
