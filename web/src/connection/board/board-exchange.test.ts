import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { Emitter } from '../emitter.ts';
import type { MeetingEvents } from '../meeting-events.ts';
import { ManualClock } from '../test/manual-clock.ts';
import { FakeChannel, pairedChannels } from '../test/paired-channels.ts';
import { seededRandom } from '../test/seeded-random.ts';
import { BoardDocument } from './board-document.ts';
import { BoardExchange, type BoardWays } from './board-exchange.ts';

const asChannel = (channel: FakeChannel) => channel as unknown as RTCDataChannel;

/** Somebody with a board, as far as it can be told from outside. */
class Page {
  readonly events = new Emitter<MeetingEvents>();
  readonly document = new BoardDocument();
  readonly exchange: BoardExchange;
  readonly ways: BoardWays & { participantId: string };

  constructor(participantId: string, meeting: Meeting) {
    const dataChannel = (other: string) => meeting.open(this, other);
    this.ways = { participantId, events: this.events, dataChannel };
    this.exchange = new BoardExchange(this.ways, this.document, meeting.clock);
  }

  get participantId(): string {
    return this.ways.participantId;
  }

  works(other: string, isWorking: boolean): void {
    const standing = isWorking ? 'ok' : 'restoring';
    this.events.emit('link', { participantId: other, standing, tracks: {} });
  }
}

/** Pages whose links a test breaks and mends. */
class Meeting {
  readonly clock = new ManualClock();
  readonly pages = new Map<string, Page>();
  readonly channels = new Map<string, FakeChannel[]>();
  /** How a channel that one opens gets to the other: at once, unless a test has it otherwise. */
  arrives: (take: () => void) => void = (take) => take();

  add(id: string): Page {
    const page = new Page(id, this);
    this.pages.set(id, page);
    return page;
  }

  get all(): Page[] {
    return [...this.pages.values()];
  }

  open(from: Page, other: string): RTCDataChannel {
    const [own, theirs] = pairedChannels();
    const key = pairOf(from.participantId, other);
    this.channels.set(key, [...(this.channels.get(key) ?? []), own, theirs]);
    own.readyState = theirs.readyState = 'open';
    this.arrives(() => this.pages.get(other)?.exchange.take(from.participantId, asChannel(theirs)));
    return asChannel(own);
  }

  /** Ends the connection of two, with all that is on its way; or only stops it for a while. */
  cut(one: Page, other: Page): void {
    const key = pairOf(one.participantId, other.participantId);
    for (const channel of this.channels.get(key) ?? []) channel.close();
    this.channels.delete(key);
    one.works(other.participantId, false);
    other.works(one.participantId, false);
  }

  join(one: Page, other: Page): void {
    one.works(other.participantId, true);
    other.works(one.participantId, true);
  }

  /** Hands over what waits on one link of those that have something. */
  deliver(random: () => number): void {
    const channels = [...this.channels.values()].flat();
    channels[Math.floor(random() * channels.length)]?.deliver();
  }

  settle(): void {
    for (let turn = 0; turn < 12; turn++) {
      for (let isMoving = true; isMoving;)
        isMoving = [...this.channels.values()]
          .flat()
          .map((channel) => channel.deliver())
          .some((moved) => moved);
      this.clock.advance(1_000);
    }
  }
}

const pairOf = (one: string, other: string) => [one, other].sort().join(' ');

function contentOf({ document }: Page): unknown {
  return { objects: document.objects.toJSON(), notes: document.notes.toJSON() };
}

const WORD = 'word ';

/** One of the things that people do; says how many words were written into the notes. */
function act({ document }: Page, random: () => number): number {
  const ids = [...document.objects.keys()];
  const some = ids[Math.floor(random() * ids.length)];
  const choice = random();
  document.change(() => {
    if (choice < 0.4 || (choice < 0.7 && some === undefined)) {
      const object = new Y.Map<unknown>([['at', [random(), random()]]]);
      object.set('text', new Y.Text('text'));
      document.objects.set(`${random()}`, object);
    } else if (choice < 0.55) document.objects.delete(some ?? '');
    else if (choice < 0.7) document.objects.get(some ?? '')?.set('at', [random(), random()]);
    else document.notes.insert(Math.floor(random() * document.notes.length), WORD);
  });
  return choice < 0.7 ? 0 : 1;
}

describe('R95 whoever has become another participant', () => {
  test.each([
    ['a', 'c'],
    ['c', 'a'],
    ['a', 'aa'],
  ])('(%s is %s now) and somebody else have one board again', (before, after) => {
    const meeting = new Meeting();
    const [one, other] = [meeting.add(before), meeting.add('b')];
    meeting.join(one, other);
    one.document.change(() => one.document.notes.insert(0, 'one '));
    meeting.settle();
    meeting.cut(one, other);
    one.document.change(() => one.document.notes.insert(0, 'two '));
    meeting.pages.delete(before);
    one.ways.participantId = after;
    meeting.pages.set(after, one);
    // Both open a channel before either has heard of the other's.
    const arrivals: (() => void)[] = [];
    meeting.arrives = (take) => arrivals.push(take);
    meeting.join(one, other);
    // As in browsers: with one end the other closes.
    for (const channel of [...meeting.channels.values()].flat())
      channel.close = () => {
        channel.readyState = 'closed';
        if (channel.twin) channel.twin.readyState = 'closed';
      };
    for (const take of arrivals) take();
    meeting.settle();
    expect(other.document.notes.toJSON()).toBe('two one ');
  });
});

describe('R96 R97 boards end up the same, and nothing is lost', () => {
  for (let block = 0; block < 10; block++)
    test(`a hundred schedules from seed ${block * 100}`, () => {
      for (let seed = block * 100; seed < block * 100 + 100; seed++) {
        const random = seededRandom(seed);
        const meeting = new Meeting();
        const pages = ['a', 'b', 'c'].map((id) => meeting.add(id));
        const [a, b, c] = pages as [Page, Page, Page];
        const pairs: [Page, Page][] = [
          [a, b],
          [a, c],
          [b, c],
        ];
        for (const pair of pairs) meeting.join(...pair);
        const undone = new Set<[Page, Page]>();
        let words = 0;
        for (let step = 0; step < 40; step++) {
          const pair = pairs[Math.floor(random() * 3)] ?? [a, b];
          const choice = random();
          if (choice < 0.5) words += act(random() < 0.5 ? pair[0] : pair[1], random);
          else if (choice < 0.85) meeting.deliver(random);
          else if (undone.delete(pair)) meeting.join(...pair);
          else {
            undone.add(pair);
            meeting.cut(...pair);
          }
        }
        for (const pair of undone) meeting.join(...pair);
        meeting.settle();
        const [first, ...others] = pages.map(contentOf);
        for (const other of others) expect(other, `seed ${seed}`).toEqual(first);
        expect(a.document.notes.length, `seed ${seed}`).toBe(words * WORD.length);
        expect(new Set(pages.map(({ document }) => document.digest)).size, `seed ${seed}`).toBe(1);
        for (const { exchange, document } of pages) {
          expect(exchange.refused).toEqual([]);
          exchange.close();
          document.close();
        }
      }
    }, 60_000);
});

test('R97 what reached one of two alone comes to the other through a third, although they have no link', () => {
  const meeting = new Meeting();
  const [a, b, c] = ['a', 'b', 'c'].map((id) => meeting.add(id)) as [Page, Page, Page];
  meeting.join(a, b);
  meeting.join(b, c);
  meeting.settle();
  a.document.change(() => a.document.notes.insert(0, 'hello'));
  meeting.settle();
  expect(c.document.notes.toJSON()).toBe('hello');
});

test('R95 of two channels opened at the same time one stays', () => {
  const meeting = new Meeting();
  const [a, b] = ['a', 'b'].map((id) => meeting.add(id)) as [Page, Page];
  const late: (() => void)[] = [];
  meeting.arrives = (take) => late.push(take);
  meeting.join(a, b);
  expect(late).toHaveLength(2);
  for (const take of late) take();
  b.document.change(() => b.document.notes.insert(0, 'hello'));
  meeting.settle();
  expect(a.document.notes.toJSON()).toBe('hello');
  const open = [...meeting.channels.values()].flat().filter((one) => one.readyState === 'open');
  expect(open).toHaveLength(2);
});

test('R97 whoever comes late asks one after the other, and gets all of it once', () => {
  const meeting = new Meeting();
  const [a, b, late] = ['a', 'b', 'late'].map((id) => meeting.add(id)) as [Page, Page, Page];
  meeting.join(a, b);
  a.document.change(() => a.document.notes.insert(0, 'x'.repeat(90_000)));
  meeting.settle();
  meeting.join(a, late);
  meeting.join(b, late);
  meeting.settle();
  expect(late.document.notes.length).toBe(90_000);
  const bytes = [pairOf('a', 'late'), pairOf('b', 'late')]
    .flatMap((key) => meeting.channels.get(key) ?? [])
    .flatMap(({ sent }) => sent)
    .reduce((sum, { byteLength }) => sum + byteLength, 0);
  expect(bytes).toBeLessThan(120_000);
});

test.each([
  ['no frame', [9, 9, 9]],
  ['an update that is none', [3, 250, 1, 2]],
  ['a state that is none', [1, 0, 0, 0, 0, 255]],
])('R98 whoever sends %s is believed no more, and the others go on', (_, bytes) => {
  const meeting = new Meeting();
  const [a, b, evil] = ['a', 'b', 'evil'].map((id) => meeting.add(id)) as [Page, Page, Page];
  for (const pair of [[a, b] as const, [a, evil] as const]) meeting.join(...pair);
  meeting.settle();
  meeting.channels.get(pairOf('a', 'evil'))?.[0]?.twin?.send(new Uint8Array(bytes));
  meeting.channels.get(pairOf('a', 'evil'))?.[1]?.twin?.send(new Uint8Array(bytes));
  meeting.settle();
  expect(a.exchange.refused.length + evil.exchange.refused.length).toBeGreaterThan(0);
  expect(a.exchange.refused).not.toContain('b');
  b.document.change(() => b.document.notes.insert(0, 'still here'));
  meeting.settle();
  expect(a.document.notes.toJSON()).toBe('still here');
});

test('R98 whoever never stops sending is believed no more', () => {
  const meeting = new Meeting();
  const [a, evil] = ['a', 'evil'].map((id) => meeting.add(id)) as [Page, Page];
  meeting.join(a, evil);
  meeting.settle();
  for (let index = 0; index < 40_000; index++) evil.exchange.point([index, index]);
  meeting.settle();
  expect(a.exchange.refused).toEqual(['evil']);
});

test('where somebody points comes through, and nothing that is no place', () => {
  const meeting = new Meeting();
  const [a, b] = ['a', 'b'].map((id) => meeting.add(id)) as [Page, Page];
  const seen: unknown[] = [];
  b.exchange.events.on('pointer', (pointer) => seen.push(pointer));
  meeting.join(a, b);
  meeting.settle();
  a.exchange.point([3, 4]);
  a.exchange.point([NaN, 4]);
  meeting.settle();
  expect(seen[0]).toEqual({ participantId: 'a', at: [3, 4] });
  expect(seen.slice(1)).toEqual([{ participantId: 'a', at: undefined }]);
  expect(b.exchange.refused).toEqual(['a']);
});
