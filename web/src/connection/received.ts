const LONGEST_AGE_MS = 60_000;

/** What has arrived over one connection since it began, as the browser counts it. */
export type Received = {
  /** Of media and data. */
  bytes: number;
  /** Connectivity checks of the other side, and its answers to this side's: what still comes when nobody sends anything else. */
  checks: number;
  /** How long ago the latest of the media and data came, in milliseconds, where the browser says so. */
  age?: number;
};

export function receivedIn(report: RTCStatsReport): Received {
  let transported: number | undefined;
  const otherwise = { bytes: 0, checks: 0 };
  const ages: number[] = [];
  report.forEach(({ type, bytesReceived: bytes, ...entry }: Record<string, unknown>) => {
    // Not every browser counts for the transport as a whole.
    if (type === 'transport' && typeof bytes === 'number') transported = bytes;
    if (type === 'inbound-rtp' || type === 'candidate-pair') otherwise.bytes += count(bytes);
    if (type === 'candidate-pair') {
      otherwise.checks += count(entry.responsesReceived) + count(entry.requestsReceived);
      const age = Number(entry.timestamp) - Number(entry.lastPacketReceivedTimestamp);
      // By another clock than the report's it would be nonsense.
      if (age >= 0 && age < LONGEST_AGE_MS) ages.push(age);
    }
  });
  return {
    ...otherwise,
    ...(transported !== undefined && { bytes: transported }),
    ...(ages.length > 0 && { age: Math.min(...ages) }),
  };
}

/** Whether something arrived between two counts. A pair that is gone takes its own counts with it. */
export function hasArrived(before: Received, now: Received): boolean {
  return now.bytes > before.bytes || now.checks > before.checks;
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
