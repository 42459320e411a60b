import type { NodeReport } from '@confab/protocol';

/** All nodes together at one moment; what is counted per time is measured since the report before. */
export type Figures = {
  people: number;
  reconnecting: number;
  meetings: number;
  websocket: number;
  polling: number;
  /** Of all ends of links (R114): from 0 to 1, 0 where there are none. */
  relayed: number;
  /** Per minute. */
  joins: number;
  /** Per second. */
  signals: number;
  /** Per minute. */
  chat: number;
  /** Connections that ended, per minute. */
  lost: number;
  /** Per minute. */
  refusals: number;
  /** How late the slowest node's event loop was half the time, in milliseconds. */
  delay: number;
  /** Cores at work. */
  cpu: number;
  /** Bytes. */
  memory: number;
};

/** What the reports of one moment say, beside those of the moment before. A node that is new, or began anew, has no rates yet. */
export function figuresOf(before: NodeReport[], now: NodeReport[]): Figures {
  const sum = (of: (node: NodeReport) => number) =>
    now.reduce((total, node) => total + of(node), 0);
  const rate = (of: (node: NodeReport) => number) =>
    sum((node) => {
      const earlier = before.find((one) => one.node === node.node && one.uptime < node.uptime);
      if (earlier === undefined || node.at <= earlier.at) return 0;
      return Math.max(0, of(node) - of(earlier)) / ((node.at - earlier.at) / 1_000);
    });
  return {
    people: sum(({ people }) => people.present + people.away + people.reconnecting),
    reconnecting: sum(({ people }) => people.reconnecting),
    meetings: sum(({ meetings }) => meetings.busy.length),
    websocket: sum(({ connections }) => connections.websocket),
    polling: sum(({ connections }) => connections.polling),
    relayed:
      relayed({
        direct: sum(({ links }) => links.direct),
        relayed: sum(({ links }) => links.relayed),
      }) ?? 0,
    joins: rate(({ counts }) => counts.joins) * 60,
    signals: rate(({ counts }) => counts.signals),
    chat: rate(({ counts }) => counts.chat) * 60,
    lost: rate(({ counts }) => totalOf(counts.closed)) * 60,
    refusals: rate(({ counts }) => totalOf(counts.refusals)) * 60,
    delay: Math.max(0, ...now.map(({ load }) => load.delay.median)),
    cpu: sum(({ load }) => load.cpu),
    memory: sum(({ load }) => load.memory),
  };
}

/** Which share of these goes through a relay; null of none. */
export function relayed({ direct, relayed }: NodeReport['links']): number | null {
  const all = direct + relayed;
  return all === 0 ? null : relayed / all;
}

/** What was counted under each label on all nodes since they began, the most frequent first. */
export function talliesOf(
  nodes: NodeReport[],
  of: 'refusals' | 'closed',
): [label: string, count: number][] {
  const totals = new Map<string, number>();
  for (const { counts } of nodes)
    for (const [label, count] of Object.entries(counts[of]))
      totals.set(label, (totals.get(label) ?? 0) + count);
  return [...totals].filter(([, count]) => count > 0).sort(([, one], [, other]) => other - one);
}

function totalOf(tally: Record<string, number>): number {
  return Object.values(tally).reduce((total, count) => total + count, 0);
}
