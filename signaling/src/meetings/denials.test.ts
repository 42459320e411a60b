import { MAX_DENIED_SHOWN } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { newId } from '../../test/test-client.ts';
import { Denials } from './denials.ts';
import { MAX_DENIED } from './records.ts';
import type { WaitingRecord } from './records.ts';

const bare = { network: 'here', via: [] };
const invited = { network: 'here', via: [newId()] };

function waiting(more: Partial<WaitingRecord> = {}): WaitingRecord {
  const seat = { id: newId(), incarnation: newId(), hello: 'aGVsbG8', ...bare };
  return { v: 1, ...seat, resembles: false, order: 1, admitted: false, ...more };
}

function denialsAt(clock: FakeClock) {
  return new Denials([], clock, () => undefined);
}

test('R71 a denial is forgotten after two hours', () => {
  const clock = new FakeClock();
  const denials = denialsAt(clock);
  for (let round = 0; round < 12; round++) denials.add(waiting());
  expect(denials.mustWait(bare)).toBe(true);
  clock.advance(600_000);
  expect(denials.mustWait(bare)).toBe(false);
  clock.advance(6_599_999);
  expect([denials.isKnown(bare), denials.shown.length]).toEqual([true, 12]);
  clock.advance(1);
  expect([denials.isKnown(bare), denials.shown]).toEqual([false, []]);
  const { id } = waiting();
  denials.add(waiting({ id }));
  expect(denials.record.map((one) => one.id)).toEqual([id]);
});

test('R71 the latest two hundred are remembered, and of the latest twenty the names', () => {
  const denials = denialsAt(new FakeClock());
  const ids = Array.from({ length: MAX_DENIED + 1 }, () => {
    const one = waiting();
    denials.add(one);
    return one.id;
  });
  expect(ids.filter((id) => !denials.has(id))).toEqual(ids.slice(0, 1));
  const shown = denials.shown.map(({ id }) => id);
  expect(shown).toEqual(ids.slice(-MAX_DENIED_SHOWN).reverse());
  expect(denials.record.filter(({ named }) => named)).toHaveLength(MAX_DENIED_SHOWN);
});

test('R71 who was denied with the bare link holds back nobody who was invited, and who was invited holds back everybody from there', () => {
  const denials = denialsAt(new FakeClock());
  denials.add(waiting());
  denials.add(waiting());
  expect([denials.mustWait(bare), denials.mustWait(invited)]).toEqual([true, false]);
  expect(denials.isKnown(invited)).toBe(false);
  denials.add(waiting({ via: [newId()] }));
  denials.add(waiting({ via: [newId()] }));
  expect([denials.mustWait(bare), denials.mustWait(invited)]).toEqual([true, true]);
  expect(denials.mustWait({ ...bare, network: 'elsewhere' })).toBe(false);
  expect(denials.mustWait({ ...bare, network: null })).toBe(false);
});

test('R71 lifting one denial holds nothing against whoever comes from there, and lets nobody else knock who was denied', () => {
  const denials = denialsAt(new FakeClock());
  const [one, two, three] = [waiting(), waiting(), waiting({ network: 'elsewhere' })];
  for (const each of [one, two, three]) denials.add(each);
  expect(denials.lift(one.id)).toBe(true);
  expect([one, two, three].map(({ id }) => denials.has(id))).toEqual([false, true, true]);
  expect(denials.isKnown(bare)).toBe(false);
  expect(denials.isKnown({ ...bare, network: 'elsewhere' })).toBe(true);
  expect(denials.lift(one.id)).toBe(false);
});
