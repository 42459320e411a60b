/** What has arrived over one connection since it began, as the browser counts it. */
export type Received = {
  /** Of media and data. */
  bytes: number;
  /** Connectivity checks of the other side, and its answers to this side's: what still comes when nobody sends anything else. */
  checks: number;
};

/** Null where a report says nothing about how the connection travels. */
export function receivedIn(report: RTCStatsReport): Received | null {
  const transported: number[] = [];
  const paired: number[] = [];
  let checks = 0;
  report.forEach((entry: Record<string, unknown>) => {
    if (entry.type === 'transport') transported.push(count(entry.bytesReceived));
    if (entry.type !== 'candidate-pair') return;
    paired.push(count(entry.bytesReceived));
    checks += count(entry.responsesReceived) + count(entry.requestsReceived);
  });
  // Not every browser counts for the transport as a whole.
  const counted = transported.length > 0 ? transported : paired;
  if (counted.length === 0) return null;
  return { bytes: counted.reduce((sum, bytes) => sum + bytes), checks };
}

/** Whether something arrived between two counts. A pair that is gone takes its own counts with it. */
export function hasArrived(before: Received, now: Received): boolean {
  return now.bytes > before.bytes || now.checks > before.checks;
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
