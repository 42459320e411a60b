import type { NodeReport } from '@confab/protocol';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { headCount, sumOf } from './meetings/head-count.ts';
import type { Meeting } from './meetings/meeting.ts';

/** What is not counted as it happens, but looked up whenever somebody asks. */
export type Countable = {
  meetings: () => Meeting[];
  transports: () => NodeReport['connections'];
};

/** What the server counts. No label carries an id, an address or anything people wrote. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics({ meetings, transports }: Countable) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'confab_meetings',
    help: 'Meetings that exist.',
    registers,
    collect() {
      this.set(meetings().length);
    },
  });
  new Gauge({
    name: 'confab_meetings_busy',
    help: 'Meetings that somebody is in.',
    registers,
    collect() {
      this.set(meetings().filter(({ occupancy }) => occupancy.busySince !== null).length);
    },
  });
  const counts = () => sumOf(meetings().map(headCount));
  countedBy('presence', () => counts().people, {
    name: 'confab_participants',
    help: 'People in meetings that this node runs.',
  });
  countedBy('way', () => counts().links, {
    name: 'confab_links',
    help: 'Ends of links that work, directly or through a relay, as participants say.',
  });
  countedBy('transport', transports, {
    name: 'confab_transports',
    help: 'Open authenticated connections, by transport.',
  });

  function countedBy(
    label: string,
    count: () => Record<string, number>,
    named: { name: string; help: string },
  ) {
    new Gauge({
      ...named,
      labelNames: [label],
      registers,
      collect() {
        for (const [value, now] of Object.entries(count())) this.set({ [label]: value }, now);
      },
    });
  }

  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    registry,
    connections: new Gauge({
      name: 'confab_connections',
      help: 'Open authenticated connections.',
      registers,
    }),
    joins: counter('confab_joins_total', 'Seats taken or taken back.', []),
    signals: counter('confab_signals_total', 'Signals relayed.', []),
    chat: counter('confab_chat_messages_total', 'Chat messages kept and delivered.', []),
    refusals: counter('confab_refusals_total', 'Requests and connections refused.', ['error']),
    closed: counter('confab_connections_closed_total', 'Connections ended, by reason.', ['reason']),
    faults: counter('confab_faults_total', "Faults of the server's own.", []),
    storeSeconds: new Histogram({
      name: 'confab_store_write_seconds',
      help: 'Writes to the disk or Redis, each of everything that had changed, and how long they took.',
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
      registers,
    }),
    storeRecords: counter(
      'confab_store_records_total',
      'Records written to the disk or Redis.',
      [],
    ),
    meetingsTaken: counter(
      'confab_meetings_taken_total',
      'Meetings taken over from another node, or from one that is no more.',
      [],
    ),
    webhooksSent: counter('confab_webhooks_sent_total', 'Events that a receiver has taken.', []),
    webhooksFailed: counter(
      'confab_webhooks_failed_total',
      'Tries to send an event that failed.',
      [],
    ),
    webhooksDropped: counter(
      'confab_webhooks_dropped_total',
      'Events that a receiver will never hear of: tried for a day, or too many.',
      [],
    ),
    webhooksPending: new Gauge({
      name: 'confab_webhooks_pending',
      help: 'Events that wait to be taken.',
      registers,
    }),
    storeFaults: counter('confab_store_faults_total', 'Times that writing began to fail.', []),
    seatsRestored: new Gauge({
      name: 'confab_seats_restored',
      help: 'Seats that were found on the disk at the start.',
      registers,
    }),
  };
}
