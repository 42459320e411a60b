import { expect, test } from 'vitest';
import { newId } from '../../test/test-client.ts';
import { keyOf, readRecord } from './records.ts';

const meetingId = newId();
const [id, incarnation, hello] = [newId(), newId(), 'aGVsbG8'];

test('R41 a meeting is read that was kept before any of what was added to it later', () => {
  const first = {
    ...{ v: 1, capacity: 12, passcodeHash: null, verifier: null },
    ...{ madeFrom: '', emptySince: null, lastArrival: 3 },
  };
  expect(readRecord(keyOf.meeting(meetingId), first)).toEqual({
    ...{ kind: 'meeting', meetingId },
    record: {
      ...first,
      ...{ passcodeSince: null, policy: { locked: false }, succession: true },
      ...{ unmade: [], standing: [], silenced: [], heard: [], denied: [], orphanedAt: null },
      ...{ schedule: null, keptUntil: null, wasLeft: false, busySince: null },
    },
  });
});

test('R41 R67 R71 whom hosts had decided about before is still known, with less said of them', () => {
  const before = {
    ...{ v: 1, capacity: 12, passcodeHash: null, verifier: null },
    ...{ madeFrom: '', emptySince: null, lastArrival: 3 },
    silenced: [{ id, network: 'here', bars: [] }],
    denied: [{ id, network: 'here', at: 5 }],
  };
  expect(readRecord(keyOf.meeting(meetingId), before)).toMatchObject({
    record: {
      silenced: [{ id, network: 'here', bars: [], at: 0 }],
      denied: [{ id, network: 'here', at: 5 }],
    },
  });
});

test.each([
  [
    keyOf.seat(meetingId, 1),
    {
      ...{ v: 1, id, arrival: 1, role: 'host', incarnation, hello, shown: true },
      media: { microphone: true, camera: false },
      resume: { issued: 'r'.repeat(43), before: null, wasShown: false },
    },
  ],
  [
    keyOf.removal(meetingId, id),
    { v: 1, id, incarnation, hello, network: 'here', bars: [], at: 5 },
  ],
  [
    keyOf.waiting(meetingId, id),
    {
      ...{ v: 1, id, incarnation, hello, via: [], network: null },
      ...{ resembles: false, order: 1, admitted: true },
    },
  ],
  [
    keyOf.invitation(meetingId, id),
    {
      ...{ v: 1, id, role: 'host', notBefore: null, expiresAt: 9, madeAt: 1, madeBy: null },
      ...{ by: [], jti: 'j', uses: 0, lastUsedAt: null },
    },
  ],
])('R41 what was kept before later additions is read: %s', (key, record) => {
  expect(readRecord(key, record)).toMatchObject({ meetingId, record });
});
