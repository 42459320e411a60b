import * as Y from 'yjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Emitter } from '../../connection/emitter.ts';
import type { MeetingEvents } from '../../connection/meeting-events.ts';
import { ManualClock } from '../../connection/test/manual-clock.ts';
import { FakeChannel, pairedChannels } from '../../connection/test/paired-channels.ts';
import type { BoardShape } from './board-object.ts';
import { Board } from './board.svelte.ts';
import { encodePoints } from './stroke-points.ts';

const note: BoardShape = { kind: 'note', color: 0 };
const stroke: BoardShape = {
  kind: 'stroke',
  color: 1,
  width: 2,
  isPen: true,
  points: [
    [0, 0, 0],
    [8, 4, 1],
  ],
};

let clock: ManualClock;
let channels: [FakeChannel, FakeChannel];
let mine: Board;
let theirs: Board;

function makeBoard(participantId: string): Board {
  const events = new Emitter<MeetingEvents>();
  return new Board({ participantId, events, dataChannel: () => null }, clock);
}

/** What was sent arrives. */
function deliver(): void {
  for (let turn = 0; turn < 6; turn++) {
    while (channels.map((channel) => channel.deliver()).some(Boolean));
    clock.advance(1_000);
  }
}

beforeEach(() => {
  clock = new ManualClock();
  [mine, theirs] = [makeBoard('mine'), makeBoard('theirs')];
  channels = pairedChannels();
  for (const channel of channels) channel.readyState = 'open';
  const [one, other] = channels as unknown as RTCDataChannel[];
  if (one) mine.take('theirs', one);
  if (other) theirs.take('mine', other);
});

afterEach(() => {
  mine.close();
  theirs.close();
});

test('R99 what one puts there the other has, the latest on top', () => {
  mine.add(stroke, [10, 20]);
  deliver();
  theirs.add(note, [30, 40], 'a note');
  deliver();
  expect(mine.objects).toEqual(theirs.objects);
  expect(mine.objects).toMatchObject([
    { shape: stroke, at: [10, 20], order: 1 },
    { shape: note, at: [30, 40], order: 2, text: 'a note' },
  ]);
  expect(mine.digest).toBe(theirs.digest);
  expect(mine.digest).not.toBe(0);
});

test('moving, writing and deleting come through, and are undone one by one', () => {
  const id = mine.add(note, [0, 0], 'one') ?? '';
  mine.move([id], [5, 6]);
  mine.write(id, 'one two');
  deliver();
  expect(theirs.objects).toMatchObject([{ at: [5, 6], text: 'one two' }]);
  mine.remove([id]);
  deliver();
  expect(theirs.objects).toEqual([]);
  mine.undoing.undo();
  deliver();
  expect(theirs.objects).toMatchObject([{ at: [5, 6], text: 'one two' }]);
  mine.undoing.undo();
  mine.undoing.undo();
  expect(mine.objects).toEqual([]);
  expect(mine.undoing.canUndo).toBe(false);
  mine.undoing.redo();
  expect(mine.objects).toHaveLength(1);
});

test('R99 a deletion that is undone brings back what the other wrote meanwhile, out of reach', () => {
  const id = mine.add(note, [0, 0], 'one') ?? '';
  deliver();
  mine.remove([id]);
  theirs.write(id, 'one and more');
  theirs.move([id], [50, 0]);
  mine.undoing.undo();
  deliver();
  for (const { objects } of [mine, theirs])
    expect(objects).toMatchObject([{ text: 'one and more', at: [50, 0] }]);
  expect(mine.digest).toBe(theirs.digest);
  mine.undoing.redo();
  deliver();
  expect(theirs.objects).toEqual([]);
  theirs.remove([id]);
  mine.undoing.undo();
  deliver();
  expect(mine.objects).toEqual(theirs.objects);
});

test('R99 what one has put there stays where others have a part in it by now, and one is told', () => {
  for (const change of [
    (id: string) => theirs.write(id, 'one and more'),
    (id: string) => theirs.move([id], [50, 0]),
  ]) {
    const id = mine.add(note, [0, 0], 'one') ?? '';
    mine.undoing.begin();
    mine.write(id, 'one two');
    deliver();
    change(id);
    deliver();
    const [before] = theirs.objects;
    // One's own words in it are undone as ever.
    mine.undoing.undo();
    expect(mine.undoing.hasLeft).toBe(false);
    expect(mine.objects[0]?.text).not.toContain('two');
    mine.undoing.undo();
    deliver();
    expect(mine.undoing.hasLeft).toBe(true);
    expect(mine.undoing.canUndo).toBe(false);
    expect(theirs.objects).toMatchObject([{ id, at: before?.at }]);
    expect(mine.digest).toBe(theirs.digest);
    mine.remove([id]);
    expect(mine.undoing.hasLeft).toBe(false);
    deliver();
    expect(theirs.objects).toEqual([]);
    mine.undoing.undo();
    deliver();
    theirs.remove([id]);
    deliver();
    // What is not to be seen any more is not left, but gone.
    mine.undoing.undo();
    expect(mine.undoing.hasLeft).toBe(false);
  }
});

test('one’s own alone is undone', () => {
  mine.add(note, [0, 0], 'mine');
  theirs.add(note, [0, 0], 'theirs');
  deliver();
  mine.undoing.undo();
  mine.undoing.undo();
  deliver();
  expect(theirs.objects.map(({ text }) => text)).toEqual(['theirs']);
});

test('R99 what is no object of ours is passed over, and harms nothing', () => {
  const doc = new Y.Doc();
  const objects = doc.getMap('objects');
  const put = (id: string, fields: Record<string, unknown>) =>
    objects.set(id, new Y.Map(Object.entries(fields)));
  const at = [0, 0];
  put('kind', { shape: ['script', 1, 0], at });
  put('color', { shape: ['note', 1, 6], at });
  put('order', { shape: ['note', 'first', 0], at });
  put('no place', { shape: ['note', 1, 0], at: ['a', Infinity] });
  put('far', { shape: ['note', 1, 0], at: [1e9, 0] });
  put('no shape', { at });
  put('points', { shape: ['stroke', 1, 0, 0, true, new Uint8Array([1])], at });
  put('width', { shape: ['stroke', 1, 0, 3, true, encodePoints([[0, 0, 1]])], at });
  put('shape', { shape: { __proto__: { length: 3 } }, at });
  put('__proto__', { shape: ['note', 1, 0], at, text: { toString: 'evil' } });
  put('constructor', { shape: ['text', 1, 0], at, text: new Y.Text('x'.repeat(5_000)) });
  objects.set('value', 'text');
  objects.set('text', new Y.Text('text'));
  const update = Y.encodeStateAsUpdate(doc);
  channels[1].send(new Uint8Array([3, ...update]));
  deliver();
  expect(mine.objects).toMatchObject([
    { id: '__proto__', text: '' },
    { id: 'constructor', text: 'x'.repeat(2_000) },
  ]);
  mine.add(note, [0, 0], 'goes on');
  deliver();
  expect(theirs.objects).toHaveLength(3);
});

test('whoever does not look is told how much others have done, and nothing about oneself', () => {
  mine.add(note, [0, 0]);
  expect(mine.news.count).toBe(0);
  const id = theirs.add(note, [0, 0], 'a') ?? '';
  theirs.move([id], [1, 1]);
  theirs.writeNotes('some');
  deliver();
  expect(mine.news.count).toBe(2);
  mine.setShown(true);
  theirs.move([id], [1, 1]);
  deliver();
  expect(mine.news.count).toBe(0);
});

test('where somebody points is shown until they rest, or are gone', () => {
  theirs.point([3, 4]);
  while (channels[1].deliver());
  expect(mine.pointers).toEqual([{ participantId: 'theirs', at: [3, 4] }]);
  clock.advance(4_999);
  expect(mine.pointers).toHaveLength(1);
  clock.advance(1);
  expect(mine.pointers).toEqual([]);
});

test('notes that are too long are refused, and can be made shorter', () => {
  mine.writeNotes('short');
  mine.writeNotes('x'.repeat(100_001));
  expect(mine.isFull).toBe(true);
  expect(mine.notes).toBe('short');
  mine.writeNotes('shor');
  expect(mine.isFull).toBe(false);
  expect(mine.notes).toBe('shor');
});

test('R99 above the highest there may be one can still put something, which everybody has', () => {
  const doc = new Y.Doc();
  const highest = { shape: ['note', 9_999_999, 0], at: [0, 0], text: new Y.Text('highest') };
  doc.getMap('objects').set('highest', new Y.Map(Object.entries(highest)));
  channels[1].send(new Uint8Array([3, ...Y.encodeStateAsUpdate(doc)]));
  deliver();
  expect(mine.objects).toHaveLength(1);
  mine.add(note, [0, 0], 'mine');
  deliver();
  for (const board of [mine, theirs])
    expect(board.objects.map(({ text }) => text).toSorted()).toEqual(['highest', 'mine']);
});

describe('a board that nobody else has', () => {
  const loadAnew = (participantId = 'alone') => {
    dispatchEvent(new Event('pagehide'));
    return makeBoard(participantId);
  };
  const texts = (board: Board) => board.objects.map(({ text }) => text);
  beforeEach(() => sessionStorage.clear());

  test('R95 is there again when the page is loaded anew in the same seat, as nothing new', () => {
    const before = makeBoard('alone');
    before.add(note, [30, 40], 'prepared');
    before.writeNotes('to be discussed');
    const after = loadAnew();
    expect([texts(after), after.notes, after.news.count]).toEqual([
      ['prepared'],
      'to be discussed',
      0,
    ]);
    after.add(note, [0, 0], 'more');
    const later = loadAnew();
    expect(texts(later)).toEqual(['prepared', 'more']);
    for (const board of [before, after, later]) board.close();
  });

  test('is forgotten by whoever leaves, and in another seat', () => {
    const before = makeBoard('alone');
    before.add(note, [30, 40], 'prepared');
    const other = loadAnew('somebody');
    expect(texts(other)).toEqual([]);
    before.close();
    const back = makeBoard('alone');
    expect(texts(back)).toEqual([]);
    for (const board of [other, back]) board.close();
  });

  test('is given to whoever comes', () => {
    const before = makeBoard('mine');
    before.add(note, [30, 40], 'prepared');
    mine.close();
    mine = loadAnew('mine');
    before.close();
    channels = pairedChannels();
    for (const channel of channels) channel.readyState = 'open';
    const [one, other] = channels as unknown as RTCDataChannel[];
    if (one) mine.take('theirs', one);
    if (other) theirs.take('mine', other);
    deliver();
    expect(texts(theirs)).toEqual(['prepared']);
  });
});
