import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What the server counts. No label carries an id, an address or anything people wrote. */
export type Metrics = ReturnType<typeof createMetrics>;

export function createMetrics(meetings: () => number) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'confab_meetings',
    help: 'Meetings that exist.',
    registers,
    collect() {
      this.set(meetings());
    },
  });
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
