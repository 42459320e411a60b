import { expect, test } from 'vitest';
import { Meeting } from '../src/meetings/meeting.ts';
import { keyOf, MAX_DENIED, MAX_INDEPENDENTS, MeetingRecord } from '../src/meetings/records.ts';
import type { Ticket } from '../src/meetings/ticket.ts';
import { FakeClock } from './fake-clock.ts';
import { newId, someone } from './test-client.ts';

/** A meeting alone: nobody is told, and nothing is kept but what `kept` answers with. */
function makeMeeting(): { meeting: Meeting; kept: () => unknown } {
  const record: MeetingRecord = {
    ...{ v: 1, capacity: 64, madeFrom: '', verifier: null, succession: false },
    ...{ policy: { locked: false }, passcodeHash: null, passcodeSince: null },
    ...{ unmade: [], standing: [], silenced: [], heard: [], denied: [], orphanedAt: null },
    ...{
      schedule: null,
      keptUntil: null,
      emptySince: null,
      wasLeft: false,
      busySince: null,
      lastArrival: 0,
    },
  };
  const nothing = () => undefined;
  const values = new Map<string, () => object | undefined>();
  const keep = (key: string, value: () => object | undefined) => void values.set(key, value);
  const store = {
    isFailing: false,
    // eslint-disable-next-line @typescript-eslint/require-await -- nothing is read
    async *read() {
      yield* [];
    },
    ...{ keep, keepLazily: keep, settled: () => Promise.resolve() },
  };
  const told = { onChange: nothing, onDoor: nothing, onEvent: nothing };
  const meeting = new Meeting(newId(), record, { clock: new FakeClock(), store, ...told });
  return { meeting, kept: () => values.get(keyOf.meeting(meeting.id))?.() };
}

function sits(meeting: Meeting, role: Ticket['role'], via: string[] = []): Ticket {
  const ticket = { participantId: newId(), role, via, network: null };
  meeting.join(ticket, newId(), someone());
  return ticket;
}

test('R61 R63 a host removes whoever it is, however many were removed before; the latest two hundred are remembered', () => {
  const { meeting } = makeMeeting();
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

test('R67 a host forbids whoever it is to speak, however many may not; the latest two hundred are remembered', () => {
  const { meeting } = makeMeeting();
  const host = sits(meeting, 'host');
  const silenced = Array.from({ length: 201 }, () => {
    const bo = sits(meeting, 'participant');
    meeting.floor.set(bo.participantId, false, host);
    meeting.leave(bo.participantId, meeting.connectionOf(bo.participantId) ?? '');
    return bo;
  });
  expect(silenced.map((one) => meeting.floor.speechFor(one))).toEqual([
    undefined,
    ...Array.from({ length: 200 }, () => 'forbidden'),
  ]);
});

test('R67 of whoever was allowed to speak although they may be somebody who may not, the latest two hundred are remembered', () => {
  const { meeting } = makeMeeting();
  const host = sits(meeting, 'host');
  const via = [newId()];
  meeting.floor.set(sits(meeting, 'participant', via).participantId, false, host);
  const allowed = Array.from({ length: 201 }, () => {
    const bo = sits(meeting, 'participant', via);
    meeting.floor.set(bo.participantId, true, host);
    meeting.leave(bo.participantId, meeting.connectionOf(bo.participantId) ?? '');
    return bo;
  });
  expect(allowed.map((one) => meeting.floor.speechFor(one))).toEqual([
    'forbidden',
    ...Array.from({ length: 200 }, () => undefined),
  ]);
});

test('R64 no host stays one because too many were unmade before', () => {
  const { meeting } = makeMeeting();
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

test('R62 R71 of whoever stands by themselves, and of whoever was denied, as many are kept as can be read again', () => {
  const { meeting, kept } = makeMeeting();
  const host = sits(meeting, 'host');
  const record = () => MeetingRecord.parse(kept());
  for (let round = 0; round < 5; round++) {
    const via = [newId()];
    const [mallory, ...others] = Array.from({ length: 51 }, () =>
      sits(meeting, 'participant', via),
    );
    meeting.door.remove(mallory?.participantId ?? '', host);
    for (const { participantId: id } of others) meeting.leave(id, meeting.connectionOf(id) ?? '');
  }
  expect(record().standing).toHaveLength(MAX_INDEPENDENTS);
  meeting.rules.decide({ waitingRoom: true });
  for (let round = 0; round <= MAX_DENIED; round++) {
    const ticket = { participantId: newId(), role: 'participant', via: [], network: null } as const;
    const { incarnation, hello } = someone();
    meeting.knock({ ...ticket, via: [] }, newId(), { incarnation, hello });
    meeting.door.waiting.deny(ticket.participantId);
  }
  expect(record().denied).toHaveLength(MAX_DENIED);
});
