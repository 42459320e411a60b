import type { NodeReport } from '@confab/protocol';
import { expect, it } from 'vitest';
import { figuresOf, talliesOf } from './figures.ts';

function report(node: string, second: number, more: Partial<NodeReport> = {}): NodeReport {
  return {
    node,
    at: second * 1_000,
    uptime: second,
    standing: 'ready',
    meetings: { total: 0, busy: [] },
    people: { present: 0, away: 0, reconnecting: 0 },
    links: { direct: 0, relayed: 0 },
    connections: { websocket: 0, polling: 0 },
    counts: { joins: 0, signals: 0, chat: 0, faults: 0, refusals: {}, closed: {} },
    load: { delay: { median: 0, worst: 0 }, cpu: 0, memory: 0 },
    ...more,
  };
}
const counts = { joins: 0, signals: 0, chat: 0, faults: 0, refusals: {}, closed: {} };

it('R82 adds the nodes up', () => {
  const load = { delay: { median: 2, worst: 9 }, cpu: 0.25, memory: 100 };
  const people = { present: 2, away: 1, reconnecting: 1 };
  const connections = { websocket: 3, polling: 1 };
  const slow = { ...load, delay: { median: 5, worst: 6 } };
  const now = [
    report('a', 10, { load, people, connections }),
    report('b', 10, { load: slow, people }),
  ];
  expect(figuresOf([], now)).toMatchObject({
    people: 8,
    reconnecting: 2,
    websocket: 3,
    polling: 1,
    delay: 5,
    cpu: 0.5,
    memory: 200,
  });
});

it('R114 the share that is relayed is that of all links on all nodes, and 0 of none', () => {
  const now = [
    report('a', 10, { links: { direct: 1, relayed: 5 } }),
    report('b', 10, { links: { direct: 2, relayed: 0 } }),
    report('c', 10),
  ];
  expect(figuresOf([], now).relayed).toBe(5 / 8);
  expect(figuresOf([], [report('a', 10)]).relayed).toBe(0);
});

it('R82 rates come from two reports of the same node', () => {
  const before = [report('a', 10, { counts: { ...counts, signals: 100, joins: 1 } })];
  const now = [
    report('a', 12, {
      counts: { ...counts, signals: 150, joins: 2, refusals: { 'token-invalid': 1 } },
    }),
  ];
  expect(figuresOf(before, now)).toMatchObject({ signals: 25, joins: 30, refusals: 30, chat: 0 });
});

it('R82 a node that is new, or began anew, is no storm', () => {
  const many = { ...counts, signals: 1_000 };
  expect(figuresOf([], [report('a', 10, { counts: many })]).signals).toBe(0);
  const before = [report('a', 100, { counts: { ...counts, signals: 10 } })];
  const restarted = { ...report('a', 102, { counts: many }), uptime: 1 };
  expect(figuresOf(before, [restarted]).signals).toBe(0);
});

it('R82 tallies by label, the most frequent first, none that never happened', () => {
  const nodes = [
    report('a', 1, { counts: { ...counts, refusals: { full: 1, locked: 3, never: 0 } } }),
    report('b', 1, { counts: { ...counts, refusals: { full: 4 } } }),
  ];
  expect(talliesOf(nodes, 'refusals')).toEqual([
    ['full', 5],
    ['locked', 3],
  ]);
});
