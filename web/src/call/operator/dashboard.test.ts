import type { NodeReport } from '@confab/protocol';
import { beforeEach, expect, it, vi } from 'vitest';
import { Emitter } from '../../connection/emitter.ts';
import type { OperatorEvents } from '../../connection/operator-client.ts';
import { Dashboard, type OperatorLine } from './dashboard.svelte.ts';

let lines: (OperatorLine & { token: string })[];
const connect = (token: string) => {
  const line = {
    token,
    events: new Emitter<OperatorEvents>(),
    request: vi.fn(() => Promise.resolve()),
    close: vi.fn(),
  };
  lines.push(line);
  return line;
};

beforeEach(() => {
  sessionStorage.clear();
  lines = [];
});

it('R81 a token that opens is kept for a reload, one that does not is not', () => {
  const first = new Dashboard(connect);
  expect(first.standing).toBe('out');
  first.enter('wrong');
  lines[0]?.events.emit('refused', 'token-invalid');
  expect([first.standing, first.refusal]).toEqual(['out', 'token-invalid']);
  expect(new Dashboard(connect).standing).toBe('out');

  first.enter('right');
  expect(first.refusal).toBeNull();
  lines[1]?.events.emit('connected', null);
  expect(first.standing).toBe('in');
  expect(new Dashboard(connect).standing).toBe('entering');
  expect(lines[2]?.token).toBe('right');

  first.leave();
  expect(lines[1]?.close).toHaveBeenCalled();
  expect(new Dashboard(connect).standing).toBe('out');
});

it('R82 keeps five minutes of figures, across a loss', () => {
  const dashboard = new Dashboard(connect);
  dashboard.enter('right');
  const [line] = lines;
  line?.events.emit('connected', null);
  const people = { present: 1, away: 0, reconnecting: 0 };
  for (let second = 0; second < 400; second += 2)
    line?.events.emit('reported', [report(second, people)]);
  expect(dashboard.history).toHaveLength(150);
  expect(dashboard.history.at(-1)?.people).toBe(1);
  line?.events.emit('lost', null);
  expect(dashboard.standing).toBe('lost');
  expect(dashboard.nodes).toHaveLength(1);
});

function report(second: number, people: NodeReport['people']): NodeReport {
  return {
    node: 'a',
    at: second * 1_000,
    uptime: second,
    standing: 'ready',
    meetings: { total: 0, busy: [] },
    people,
    links: { direct: 0, relayed: 0 },
    connections: { websocket: 1, polling: 0 },
    counts: { joins: 0, signals: 0, chat: 0, faults: 0, refusals: {}, closed: {} },
    load: { delay: { median: 0, worst: 0 }, cpu: 0, memory: 0 },
  };
}
