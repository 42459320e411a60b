import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Announcer, type News, sentenceFor } from './announcer.svelte.ts';
import { rosterChange } from './roster-changes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const nothing: News = {
  joined: [],
  left: [],
  removed: [],
  troubled: [],
  healed: [],
  raised: [],
};

it.each<[Partial<News>, string]>([
  [{ joined: ['Ada'] }, 'Ada joined.'],
  [{ joined: ['Ada', 'Bo'] }, 'Ada and Bo joined.'],
  [{ joined: ['Ada', 'Bo', 'Cy'], left: ['Di'] }, 'Ada, Bo, and Cy joined. Di left.'],
  [{ left: ['A', 'B', 'C', 'D'] }, 'A and 3 others left.'],
  [{ removed: ['Ada'], left: ['Bo'] }, 'Bo left. Ada was removed.'],
  [{ removed: ['Ada', 'Bo'] }, 'Ada and Bo were removed.'],
  [{ joined: [null, 'B', 'C', 'D'] }, 'someone without a name and 3 others joined.'],
  [{ raised: ['Ada', 'Bo'], joined: ['Cy'] }, 'Cy joined. Ada and Bo raised a hand.'],
  [{ joined: [null] }, 'someone without a name joined.'],
  [
    { troubled: [['you', 'Bo']] },
    'The connection between you and Bo is interrupted. It is being restored.',
  ],
  [
    {
      troubled: [
        ['you', 'Bo'],
        ['you', 'Cy'],
      ],
      healed: [['Di', null]],
    },
    '2 connections are interrupted. They are being restored. The connection between Di and someone without a name works again.',
  ],
])('%j is said as %j', (news, sentence) => {
  expect(sentenceFor({ ...nothing, ...news })).toBe(sentence);
});

it('keeps a sentence in order around a name that is written from right to left', () => {
  expect(sentenceFor({ ...nothing, joined: ['נועה'] })).toBe('\u2068נועה\u2069 joined.');
});

it('says in one sentence what happens within a moment', () => {
  const announcer = new Announcer();
  announcer.note({ joined: ['Ada'] });
  announcer.note({ joined: ['Bo'], left: ['Cy'] });
  expect(announcer.text).toBe('');
  vi.runAllTimers();
  expect(announcer.text).toBe('Ada and Bo joined. Cy left.');
});

it('does not repeat what it has said', () => {
  const announcer = new Announcer();
  announcer.note({ joined: ['Ada'] });
  vi.runAllTimers();
  announcer.note({ left: ['Ada'] });
  vi.runAllTimers();
  expect(announcer.text).toBe('Ada left.');
});

it('says nothing where nothing happened', () => {
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
  expect(rosterChange(before, after, new Set())).toEqual({
    joined: ['Ada'],
    left: ['Ada'],
    removed: [],
  });
});

it('says the same sentence again as something new', () => {
  const announcer = new Announcer();
  const said: string[] = [];
  for (let copies = 0; copies < 3; copies++) {
    announcer.say('Link copied');
    said.push(announcer.text);
  }
  expect(said.map((text) => text.trim())).toEqual(Array(3).fill('Link copied'));
  expect(said[0]).not.toBe(said[1]);
  expect(said[1]).not.toBe(said[2]);
});
