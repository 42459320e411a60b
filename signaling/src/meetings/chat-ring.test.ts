import type { ChatMessage } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { chatLimits } from './chat-limits.ts';
import { ChatRing, sizeOf } from './chat-ring.ts';

const message = (seq: number, more: Partial<ChatMessage> = {}): ChatMessage => ({
  seq,
  id: `id ${seq}`,
  from: 'ada',
  sealed: 'A'.repeat(100),
  at: 0,
  ...more,
});

function ringOf(count: number, more: Partial<ChatMessage> = {}): ChatRing {
  const ring = new ChatRing();
  for (let seq = 1; seq <= count; seq++) ring.put(message(seq, more));
  return ring;
}

test('R43 keeps the newest 200 messages', () => {
  const ring = ringOf(250, { sealed: 'A' });
  const { messages, upTo, more } = ring.read('bo', 50);
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, i) => i + 51));
  expect({ upTo, more }).toEqual({ upTo: 250, more: false });
});

test('R43 whoever read up to what was let go is answered with an empty page first, whoever is further is not', () => {
  const ring = ringOf(250, { sealed: 'A' });
  const gap = { messages: [], upTo: 50, more: true };
  expect([ring.read('bo', 0), ring.read('bo', 49)]).toEqual([gap, gap]);
  expect(ring.read('bo', 50)).toMatchObject({ messages: { length: 200 }, more: false });
  expect(ringOf(200).read('bo', 0).messages.length).toBeGreaterThan(0);
});

test('R43 what is full by its bytes has let go what stood before, also in a ring that is restored', () => {
  const sealed = 'A'.repeat(24_576);
  const ring = ringOf(50, { sealed });
  const [first] = ring.all;
  const gap = { messages: [], upTo: (first?.seq ?? 0) - 1, more: true };
  expect(gap.upTo).toBeGreaterThan(0);
  expect(ring.read('bo', 0)).toEqual(gap);
  const restored = new ChatRing();
  for (const one of ring.all) restored.put(one);
  expect(restored.read('bo', 0)).toEqual(gap);
});

test.each([
  [40, 40],
  // All of it was kept once more.
  [50, 40],
  // Nothing was ever cleared, and the first places were given for nothing.
  [0, 0],
])('R43 a ring that was restored behind place %i has let go %i', (last, upTo) => {
  const ring = new ChatRing();
  if (last > 0) ring.skipTo(last);
  for (let seq = 41; seq <= 50; seq++) ring.put(message(seq));
  if (upTo > 0) expect(ring.read('bo', 5)).toEqual({ messages: [], upTo, more: true });
  expect(ring.read('bo', upTo)).toMatchObject({ messages: { length: 10 }, upTo: 50, more: false });
});

test('R43 keeps a mebibyte at most', () => {
  const ring = ringOf(200, { sealed: 'A'.repeat(24_576) });
  expect(ring.bytes).toBeLessThanOrEqual(chatLimits.bytes);
  expect(ring.bytes + sizeOf(message(1, { sealed: 'A'.repeat(24_576) }))).toBeGreaterThan(
    chatLimits.bytes,
  );
  expect(ring.find('ada', 'id 200')).toBeDefined();
});

test('R43 pages bring everything once, in order, and none is over the limit', () => {
  const ring = ringOf(100, { sealed: 'A'.repeat(9_000) });
  const seen: number[] = [];
  for (let after = 0, more = true; more;) {
    const page = ring.read('bo', after);
    const bytes = page.messages.reduce((sum, one) => sum + sizeOf(one), 0);
    expect(bytes).toBeLessThanOrEqual(chatLimits.page);
    seen.push(...page.messages.map(({ seq }) => seq));
    ({ upTo: after, more } = page);
  }
  expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
});

test('R43 a message longer than a page still comes, alone', () => {
  const ring = ringOf(2, { sealed: 'A'.repeat(chatLimits.page) });
  expect(ring.read('bo', 0)).toMatchObject({ messages: [{ seq: 1 }], upTo: 1, more: true });
  expect(ring.read('bo', 1)).toMatchObject({ messages: [{ seq: 2 }], upTo: 2, more: false });
});

test('R43 a private message is read by its two ends alone, and the others know that nothing is missing', () => {
  const ring = ringOf(1, { to: 'bo' });
  expect(ring.read('ada', 0).messages).toHaveLength(1);
  expect(ring.read('bo', 0).messages).toHaveLength(1);
  expect(ring.read('cy', 0)).toEqual({ messages: [], upTo: 1, more: false });
});

describe('private messages', () => {
  /** One for everybody, then `count` between two others, then one for everybody. */
  function among(count: number, more: Partial<ChatMessage> = {}): ChatRing {
    const ring = new ChatRing();
    ring.put(message(1));
    for (let seq = 2; seq < count + 2; seq++) ring.put(message(seq, { to: 'cy', ...more }));
    ring.put(message(count + 2));
    return ring;
  }

  /** All that `reader` gets, and where it hears that some may be missing. */
  function readAll(ring: ChatRing, reader: string, from = 0) {
    const seqs: number[] = [];
    const gaps: number[] = [];
    for (let after = from, more = true; more;) {
      const page = ring.read(reader, after);
      seqs.push(...page.messages.map(({ seq }) => seq));
      if (page.more && page.messages.length === 0) gaps.push(page.upTo);
      expect(page.upTo).toBeGreaterThanOrEqual(after);
      ({ upTo: after, more } = page);
    }
    return { seqs, gaps };
  }

  test('R43 take nothing that was for everybody from anybody, however many they are', () => {
    const ring = among(1_000);
    expect(readAll(ring, 'bo').seqs).toEqual([1, 1_002]);
    expect(readAll(ring, 'cy').seqs).toHaveLength(202);
    expect(ring.all).toHaveLength(202);
  });

  test('R43 are not pushed out by what is for everybody', () => {
    const ring = new ChatRing();
    ring.put(message(1, { to: 'bo' }));
    for (let seq = 2; seq <= 500; seq++) ring.put(message(seq));
    const { seqs, gaps } = readAll(ring, 'bo');
    expect(seqs).toEqual([1, ...Array.from({ length: 200 }, (_, index) => index + 301)]);
    expect(gaps).toEqual([300]);
  });

  test('R43 that are long take a quarter of the room at most, where there is not enough for all', () => {
    const sealed = 'A'.repeat(24_576);
    const ring = among(100, { sealed });
    expect(ring.all.length).toBeGreaterThan(40);
    for (let seq = 103; seq <= 200; seq++) ring.put(message(seq, { sealed }));
    expect(ring.bytes).toBeLessThanOrEqual(chatLimits.bytes);
    const privately = ring.all.filter(({ to }) => to !== undefined);
    expect(privately.length).toBeGreaterThanOrEqual(10);
    expect(privately.reduce((sum, one) => sum + sizeOf(one), 0)).toBeLessThanOrEqual(
      chatLimits.privately,
    );
  });

  test('R43 that were let go are told of behind what is still here from before, also by a ring that is restored', () => {
    const ring = among(300);
    const restored = new ChatRing();
    for (const one of ring.all) restored.put(one);
    for (const one of [ring, restored]) {
      expect(readAll(one, 'bo')).toEqual({ seqs: [1, 302], gaps: [101] });
      expect(readAll(one, 'bo', 101)).toEqual({ seqs: [302], gaps: [] });
    }
  });
});

test('R43 what is cleared is gone, and counting goes on', () => {
  const ring = ringOf(3);
  ring.clear();
  expect(ring.bytes).toBe(0);
  expect(ring.read('bo', 0)).toEqual({ messages: [], upTo: 3, more: true });
  expect(ring.read('bo', 3)).toEqual({ messages: [], upTo: 3, more: false });
});
