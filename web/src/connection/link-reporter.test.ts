import { type LinkCounts, Refusal } from '@confab/protocol';
import { expect, test, vi } from 'vitest';
import { Emitter } from './emitter.ts';
import type { KnownParticipant } from './known-participant.ts';
import { chosenPair } from './chosen-pair.ts';
import { LinkReports } from './link-reports.ts';
import type { SignalingEvents } from './signaling-client.ts';
import { ManualClock } from './test/manual-clock.ts';

type Candidates = [local: string, remote: string];

/** As browsers tell of a connection whose two ends are such candidates; Firefox has no entry for the transport. */
function report([local, remote]: Candidates, browser = 'chromium'): RTCStatsReport {
  const ends = { localCandidateId: 'l', remoteCandidateId: 'r' };
  const isFirefox = browser === 'firefox';
  const entries: { id: string }[] = [
    // Another pair, that was tried and is not used.
    { id: 'other', ...{ type: 'candidate-pair', localCandidateId: 'o', selected: false } },
    { id: 'o', ...{ type: 'local-candidate', candidateType: 'relay' } },
    { id: 'pair', ...{ type: 'candidate-pair', ...ends, ...(isFirefox && { selected: true }) } },
    { id: 'l', ...{ type: 'local-candidate', candidateType: local } },
    { id: 'r', ...{ type: 'remote-candidate', candidateType: remote } },
    ...(isFirefox ? [] : [{ id: 'T', ...{ type: 'transport', selectedCandidatePairId: 'pair' } }]),
  ];
  return new Map(entries.map((entry) => [entry.id, entry]));
}

test.each(['chromium', 'firefox'])('R114 which way a link goes in %s', (browser) => {
  expect(chosenPair(report(['host', 'prflx'], browser))?.way).toBe('direct');
  expect(chosenPair(report(['srflx', 'host'], browser))?.way).toBe('direct');
  expect(chosenPair(report(['relay', 'host'], browser))?.way).toBe('relayed');
  expect(chosenPair(report(['host', 'relay'], browser))?.way).toBe('relayed');
  expect(chosenPair(new Map() as unknown as RTCStatsReport)).toBeNull();
  expect(chosenPair(null)).toBeNull();
});

/** A page in a meeting with these others, each with the two ends of their link; null where it does not work. */
async function page(others: Record<string, Candidates | null>) {
  const clock = new ManualClock();
  const told: LinkCounts[] = [];
  const server = { isAway: false };
  const client = {
    events: new Emitter<SignalingEvents>(),
    request: vi.fn((name: string, counts: object) => {
      expect(name).toBe('links:report');
      if (server.isAway) return Promise.reject(new Refusal('timeout'));
      told.push(counts as LinkCounts);
      return Promise.resolve({} as never);
    }),
  };
  const reports = new LinkReports({
    clock,
    client,
    works: (id) => (others[id] ?? null) !== null,
    stats: (id) => Promise.resolve(others[id] ? report(others[id]) : null),
  });
  const see = () => {
    const ids = ['self', ...Object.keys(others)];
    reports.see(ids.map((id) => ({ id }) as KnownParticipant));
  };
  /** Lets seconds pass. */
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      clock.advance(1_000);
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    }
  };
  see();
  await pass(3);
  await vi.dynamicImportSettled();
  return { reports, others, told, server, client, clock, see, pass };
}

test('R114 the server is told how many links go which way, when that changes, and nothing else', async () => {
  const { others, told, see, pass } = await page({ bo: ['host', 'host'], cy: null });
  await pass(60);
  expect(told).toEqual([{ direct: 1, relayed: 0 }]);
  others.cy = ['relay', 'host'];
  others.dee = ['host', 'relay'];
  see();
  await pass(60);
  expect(told.slice(1)).toEqual([{ direct: 1, relayed: 2 }]);
  for (const id of Object.keys(others)) others[id] = null;
  await pass(60);
  expect(told.slice(2)).toEqual([{ direct: 0, relayed: 0 }]);
});

test('R114 at most once in five seconds, however often it changes', async () => {
  const { others, told, pass } = await page({ bo: ['host', 'host'] });
  for (let second = 0; second < 50; second++) {
    others.bo = second % 2 ? ['relay', 'relay'] : ['host', 'host'];
    await pass(1);
  }
  expect(told.length).toBeGreaterThan(5);
  expect(told.length).toBeLessThanOrEqual(10);
});

test('R114 a server that was away, or is another one, is told again', async () => {
  const { told, server, client, pass } = await page({ bo: ['relay', 'host'] });
  server.isAway = true;
  await pass(20);
  expect(told).toEqual([]);
  server.isAway = false;
  await pass(20);
  expect(told).toEqual([{ direct: 0, relayed: 1 }]);
  client.events.emit('connected', 'websocket');
  await pass(20);
  expect(told).toHaveLength(2);
});

test('R114 a page that has left, or is alone, says nothing and asks no browser', async () => {
  const alone = await page({});
  await alone.pass(60);
  expect(alone.clock.next).toBe(Infinity);
  const left = await page({ bo: ['host', 'host'] });
  left.reports.close();
  left.see();
  await left.pass(60);
  expect([left.told, left.clock.next]).toEqual([[], Infinity]);
});
