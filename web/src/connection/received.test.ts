import { expect, test } from 'vitest';
import { hasArrived, receivedIn } from './received.ts';

const reportOf = (...entries: object[]) =>
  new Map(entries.map((entry, index) => [String(index), entry])) as unknown as RTCStatsReport;

test('the transport’s bytes and the checks of its pairs are what has arrived', () => {
  const report = reportOf(
    { type: 'transport', bytesReceived: 500 },
    { type: 'candidate-pair', bytesReceived: 300, responsesReceived: 2, requestsReceived: 3 },
    { type: 'inbound-rtp', bytesReceived: 70 },
  );
  expect(receivedIn(report)).toEqual({ bytes: 500, checks: 5 });
});

test('where a browser counts nothing for the transport, its pairs and media are added up', () => {
  const report = reportOf(
    { type: 'transport' },
    { type: 'candidate-pair', bytesReceived: 300 },
    { type: 'candidate-pair', bytesReceived: 20, responsesReceived: 1 },
    { type: 'inbound-rtp', bytesReceived: 7 },
  );
  expect(receivedIn(report)).toEqual({ bytes: 327, checks: 1 });
});

test('the latest packet of any pair says how long it has been silent, where it is told by the report’s clock', () => {
  const pair = (last: unknown) => ({
    type: 'candidate-pair',
    timestamp: 100_000,
    ...(last !== undefined && { lastPacketReceivedTimestamp: last }),
  });
  const ageOf = (...lasts: unknown[]) => receivedIn(reportOf(...lasts.map(pair))).age;
  expect(ageOf(99_000, 99_980)).toBe(20);
  expect(ageOf(undefined, 99_500)).toBe(500);
  for (const nonsense of [undefined, 0, 100_001, 'x']) expect(ageOf(nonsense)).toBe(undefined);
});

test('something has arrived when either count has grown', () => {
  const before = { bytes: 10, checks: 10 };
  expect(hasArrived(before, before)).toBe(false);
  expect(hasArrived(before, { bytes: 11, checks: 3 })).toBe(true);
  expect(hasArrived(before, { bytes: 3, checks: 11 })).toBe(true);
  expect(hasArrived(before, { bytes: 3, checks: 3 })).toBe(false);
});
