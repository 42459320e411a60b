import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';

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
  };
}
