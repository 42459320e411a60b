import type { MeetingReport, NodeReport } from '@confab/protocol';
import type { Counter } from 'prom-client';
import type { Clock } from '../clock.ts';
import { headCount, sumOf } from '../meetings/head-count.ts';
import type { MeetingDirectory } from '../meetings/meeting-directory.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { Metrics } from '../metrics.ts';
import type { MeetingServer } from './connection-state.ts';
import { LoadMeter } from './load-meter.ts';
import { transportsOf } from './transports.ts';

/** How many meetings one report lists. */
const LISTED = 200;

export type NodeReportParts = {
  /** This node's name among several; anything where there is one. */
  node: string;
  io: MeetingServer;
  directory: MeetingDirectory;
  metrics: Metrics;
  clock: Clock;
  isDraining: () => boolean;
  isFailing: () => boolean;
  /** How sending webhooks goes; null where there are none. */
  webhooks: () => NonNullable<NodeReport['webhooks']> | null;
};

/** What this process tells whoever runs it (R82): numbers, and nothing of who is there or what they say. */
export class NodeReporter {
  private readonly parts: NodeReportParts;
  private readonly meter = new LoadMeter();

  constructor(parts: NodeReportParts) {
    this.parts = parts;
  }

  /** Nobody will ask again. */
  close(): void {
    this.meter.close();
  }

  async report(): Promise<NodeReport> {
    const load = await this.meter.read();
    const { node, directory, clock, isDraining, isFailing } = this.parts;
    const all = directory.all.map(reportOf).sort((one, other) => sum(other) - sum(one));
    const webhooks = this.parts.webhooks();
    const busy = all.filter(({ since }) => since !== null);
    return {
      node,
      at: clock.now(),
      uptime: process.uptime(),
      standing: isDraining() ? 'draining' : isFailing() ? 'failing' : 'ready',
      meetings: { total: all.length, busy: busy.slice(0, LISTED) },
      ...sumOf(busy),
      connections: transportsOf(this.parts.io),
      counts: await this.counts(),
      load,
      ...(webhooks && { webhooks }),
    };
  }

  private async counts(): Promise<NodeReport['counts']> {
    const { joins, signals, chat, faults, refusals, closed } = this.parts.metrics;
    return {
      joins: await valueOf(joins),
      signals: await valueOf(signals),
      chat: await valueOf(chat),
      faults: await valueOf(faults),
      refusals: await valuesBy(refusals, 'error'),
      closed: await valuesBy(closed, 'reason'),
    };
  }
}

function reportOf(meeting: Meeting): MeetingReport {
  const { id, occupancy, rules } = meeting;
  return { id, ...headCount(meeting), locked: rules.policy.locked, since: occupancy.busySince };
}

function sum({ people }: MeetingReport): number {
  return people.present + people.away + people.reconnecting;
}

async function valueOf(counter: Counter): Promise<number> {
  const { values } = await counter.get();
  return values[0]?.value ?? 0;
}

async function valuesBy<Label extends string>(
  counter: Counter<Label>,
  label: Label,
): Promise<Record<string, number>> {
  const { values } = await counter.get();
  return Object.fromEntries(values.map(({ labels, value }) => [String(labels[label]), value]));
}
