import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { seededRandom } from '../test/seeded-random.ts';
import { BoardDocument } from './board-document.ts';
import { FULL_OBJECTS, MOST_PENDING_BYTES, MOST_STRUCTS } from './board-limits.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What another Yjs document says that does `action`. */
function updateOf(action: (doc: Y.Doc) => void): Bytes {
  const doc = new Y.Doc();
  action(doc);
  return Y.encodeStateAsUpdate(doc) as Bytes;
}

function put(document: BoardDocument, id: string): void {
  document.change(() => document.objects.set(id, new Y.Map([['at', [1, 2]]])));
}

const whole = (document: BoardDocument) => document.missing(new Uint8Array([0]));

test('R96 takes what others put there, and tells what is done here and nothing else', () => {
  const [one, other] = [new BoardDocument(), new BoardDocument()];
  const told: Bytes[] = [];
  one.events.on('own', (update) => told.push(update));
  other.events.on('own', () => expect.unreachable());
  put(one, 'a');
  expect(told).toHaveLength(1);
  expect(other.take(told[0] ?? new Uint8Array())).toBe('taken');
  expect([...other.objects.keys()]).toEqual(['a']);
  expect(other.digest).toBe(one.digest);
});

test('R97 two boards that differ in a deletion alone differ in their digest, and are the same after it is told', () => {
  const [one, other] = [new BoardDocument(), new BoardDocument()];
  put(one, 'a');
  other.take(whole(one));
  one.change(() => one.objects.delete('a'));
  expect(one.vector).toEqual(other.vector);
  expect(one.digest).not.toBe(other.digest);
  other.take(one.missing(other.vector));
  expect(other.digest).toBe(one.digest);
  expect(other.objects.size).toBe(0);
});

test('R98 nothing but maps, texts and values under the two names is a board', () => {
  const strange: Bytes[] = [
    updateOf((doc) => doc.getMap('somewhere').set('a', 1)),
    updateOf((doc) => doc.getText('notes').insert(0, 'x', { bold: true })),
    updateOf((doc) => doc.getText('notes').insertEmbed(0, { image: 'x' })),
    updateOf((doc) => doc.getMap('objects').set('a', new Y.XmlElement('script'))),
    updateOf((doc) => doc.getMap('objects').set('a', new Y.Array())),
    updateOf((doc) => doc.getMap('objects').set('a', new Uint8Array(3))),
    updateOf((doc) => doc.getMap('objects').set('a', new Y.Doc())),
    updateOf((doc) => doc.getMap('objects').set('a'.repeat(65), 1)),
    new Uint8Array(),
    new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255, 127]),
  ];
  const document = new BoardDocument();
  put(document, 'mine');
  const before = document.digest;
  for (const [index, update] of strange.entries())
    expect(document.take(update), `update ${index}`).toBe('nonsense');
  expect(document.digest).toBe(before);
});

test('R98 no bytes, however altered, make a board throw, and it goes on as before', () => {
  const random = seededRandom(7);
  const source = new BoardDocument();
  for (let index = 0; index < 30; index++) put(source, `object ${index}`);
  source.change(() => {
    source.notes.insert(0, 'some notes');
    source.objects.delete('object 3');
  });
  const genuine = whole(source);
  for (let run = 0; run < 2_000; run++) {
    const update = genuine.slice(
      0,
      run % 3 === 0 ? Math.floor(random() * genuine.length) : undefined,
    );
    for (let change = 0; change <= run % 8; change++)
      update[Math.floor(random() * update.length)] = Math.floor(random() * 256);
    const victim = new BoardDocument();
    victim.take(update);
    put(victim, 'mine');
    expect(victim.objects.has('mine')).toBe(true);
    expect(Number.isInteger(victim.digest)).toBe(true);
    victim.missing(new Uint8Array([0]));
    victim.close();
  }
});

/** An update with a value that lies so deep in arrays; written by hand, since Yjs itself could not. */
function nested(depth: number): Bytes {
  const flat = updateOf((doc) => doc.getMap('objects').set('a', [1]));
  const [array, ofOne] = [117, 1];
  const at = flat.lastIndexOf(array);
  const arrays = Array.from({ length: depth }, () => [array, ofOne]).flat();
  return new Uint8Array([...flat.slice(0, at), ...arrays, ...flat.slice(at)]);
}

test('R98 values nested without end are refused before they are read', () => {
  expect(new BoardDocument().take(nested(10))).toBe('taken');
  expect(new BoardDocument().take(nested(100_000))).toBe('nonsense');
});

test('R98 more structs than any board has are refused, and so is what has no end in sight', () => {
  const many = updateOf((doc) => {
    const map = doc.getMap('objects');
    for (let index = 0; index <= MOST_STRUCTS; index++) map.set(`${index}`, 1);
  });
  expect(new BoardDocument().take(many)).toBe('nonsense');
  const document = new BoardDocument();
  // Each depends on something that never comes.
  for (let index = 0; index < 40; index++) {
    const doc = new Y.Doc();
    doc.getText('notes').insert(0, 'x');
    const vector = Y.encodeStateVector(doc);
    doc.getText('notes').insert(1, 'y'.repeat(100_000));
    document.take(Y.encodeStateAsUpdate(doc, vector) as Bytes);
  }
  expect(document.pendingBytes).toBeLessThanOrEqual(MOST_PENDING_BYTES);
  expect(document.notes.toJSON()).toBe('');
});

test('R98 a board is full at some point, has room again afterwards, and what comes beyond twice that is left out', () => {
  const document = new BoardDocument();
  document.change(() => {
    for (let index = 0; index < FULL_OBJECTS; index++)
      document.objects.set(`${index}`, new Y.Map());
  });
  expect(document.isFull).toBe(true);
  document.change(() => document.objects.delete('7'));
  expect(document.isFull).toBe(false);
  const large = () => updateOf((doc) => doc.getText('notes').insert(0, 'x'.repeat(3_000_000)));
  expect(document.take(large())).toBe('taken');
  expect(document.isFull).toBe(false);
  expect(document.take(large())).toBe('taken');
  expect(document.isFull).toBe(true);
  const before = document.digest;
  expect(document.take(large())).toBe('no-room');
  expect(document.digest).toBe(before);
});

test('what is undone is one’s own alone', () => {
  const [one, other] = [new BoardDocument(), new BoardDocument()];
  const undoing = one.undoing('objects', 0);
  put(one, 'mine');
  put(other, 'theirs');
  one.take(whole(other));
  undoing.undo();
  expect([...one.objects.keys()]).toEqual(['theirs']);
  undoing.undo();
  expect([...one.objects.keys()]).toEqual(['theirs']);
  undoing.redo();
  expect([...one.objects.keys()].sort()).toEqual(['mine', 'theirs']);
});
