import { expect, test } from 'vitest';
import { Meeting } from '../src/meetings/meeting.ts';
import type { MeetingRecord } from '../src/meetings/records.ts';
import type { Ticket } from '../src/meetings/ticket.ts';
import { FakeClock } from './fake-clock.ts';
import { newId, someone } from './test-client.ts';

/** A meeting alone: nothing is kept, and nobody is told. */
function makeMeeting(): Meeting {
  const record: MeetingRecord = {
    ...{ v: 1, capacity: 64, madeFrom: '', verifier: null, succession: false },
    ...{ policy: { locked: false }, passcodeHash: null, passcodeSince: null },
    ...{ unmade: [], standing: [], silenced: [], denied: [], orphanedAt: null },
    ...{ schedule: null, keptUntil: null, emptySince: null, busySince: null, lastArrival: 0 },
  };
  const nothing = () => undefined;
  const store = {
    isFailing: false,
    // eslint-disable-next-line @typescript-eslint/require-await -- nothing is read
    async *read() {
      yield* [];
    },
    ...{ keep: nothing, keepLazily: nothing, settled: () => Promise.resolve() },
  };
  const told = { onChange: nothing, onDoor: nothing, onEvent: nothing };
  return new Meeting(newId(), record, { clock: new FakeClock(), store, ...told });
}

function sits(meeting: Meeting, role: Ticket['role'], via: string[] = []): Ticket {
  const ticket = { participantId: newId(), role, via, network: null };
  meeting.join(ticket, newId(), someone());
  return ticket;
}

test('R61 R63 a host removes whoever it is, however many were removed before; the latest two hundred are remembered', () => {
  const meeting = makeMeeting();
  const host = sits(meeting, 'host');
  const removed = Array.from({ length: 201 }, () => {
    const mallory = sits(meeting, 'participant');
    meeting.door.remove(mallory.participantId, host);
    return mallory;
  });
  const [first, second] = removed;
  if (first === undefined || second === undefined) throw new Error('nobody was removed');
  expect(meeting.door.shown.removed.map(({ id }) => id)).toEqual(
    removed
      .slice(1)
      .map(({ participantId }) => participantId)
      .reverse(),
  );
  expect(() => meeting.door.check(second)).toThrow('removed');
  expect(() => meeting.door.check(first)).not.toThrow();
});

test('R64 no host stays one because too many were unmade before', () => {
  const meeting = makeMeeting();
  const host = sits(meeting, 'host');
  const unmakes = () => {
    const other = sits(meeting, 'host', [newId()]);
    meeting.roles.set(other.participantId, 'participant', host);
    meeting.leave(other.participantId, meeting.connectionOf(other.participantId) ?? '');
    return other;
  };
  const others = Array.from({ length: 101 }, unmakes);
  expect(others.slice(1).map((one) => meeting.roles.roleFor(one))).toEqual(
    Array.from({ length: 100 }, () => 'participant'),
  );
});
