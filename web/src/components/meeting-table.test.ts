import type { MeetingReport, NodeReport } from '@confab/protocol';
import { flushSync, mount, unmount } from 'svelte';
import { expect, it } from 'vitest';
import { Dashboard } from '../call/operator/dashboard.svelte.ts';
import { Emitter } from '../connection/emitter.ts';
import type { OperatorEvents } from '../connection/operator-client.ts';
import MeetingTable from './MeetingTable.svelte';

const at = Date.UTC(2026, 0, 1);
const noRequest = () => Promise.resolve();
const idle: Omit<NodeReport, 'meetings'> = {
  ...{ node: 'here', at, uptime: 60, standing: 'ready' },
  people: { present: 0, away: 0, reconnecting: 0 },
  links: { direct: 0, relayed: 0 },
  connections: { websocket: 0, polling: 0 },
  counts: { joins: 0, signals: 0, chat: 0, faults: 0, refusals: {}, closed: {} },
  load: { delay: { median: 0, worst: 0 }, cpu: 0, memory: 0 },
};

/** What the rows say of meetings whose links go like this, cell by cell. */
function rows(...links: MeetingReport['links'][]): string[][] {
  const people = { present: 3, away: 0, reconnecting: 0 };
  const busy = links.map((ofOne, index) => {
    const id = `meeting-${index}`;
    return { id, people, links: ofOne, locked: false, since: at - 60_000 };
  });
  const events = new Emitter<OperatorEvents>();
  const dashboard = new Dashboard(() => ({ events, request: noRequest, close: () => undefined }));
  dashboard.enter('token');
  events.emit('reported', [{ ...idle, meetings: { total: busy.length, busy } }]);
  const table = mount(MeetingTable, { target: document.body, props: { dashboard } });
  flushSync();
  const said = [...document.querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => cell.textContent.trim()),
  );
  void unmount(table);
  return said;
}

it('R114 an operator reads which share of a meeting’s pairs is relayed, and a dash where nobody has said', () => {
  const said = rows(
    { direct: 0, relayed: 6 },
    { direct: 4, relayed: 2 },
    { direct: 6, relayed: 0 },
    { direct: 0, relayed: 0 },
  );
  expect(said.map(([id, people, relayed]) => [id, people, relayed])).toEqual([
    ['meeting-0', '3', '100%'],
    ['meeting-1', '3', '33%'],
    ['meeting-2', '3', '0%'],
    ['meeting-3', '3', '–'],
  ]);
});
