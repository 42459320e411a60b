import {
  Incarnation,
  MediaState,
  MeetingId,
  ParticipantId,
  Role,
  SealedHello,
  Verifier,
} from '@confab/protocol';
import * as z from 'zod';
import { UnreadableRecord } from './meeting-store.ts';

/** Of this shape are the records below; another number is another version's. */
const v = z.literal(1);
const hash = z.string().length(43);
const count = z.int().nonnegative();

/** A meeting without the people in it. `madeFrom` names the network it was made from, for counting; times are milliseconds since 1970. */
export const MeetingRecord = z.strictObject({
  v,
  capacity: z.int().min(1).max(64),
  passcodeHash: z.string().nullable(),
  verifier: z.nullable(Verifier),
  madeFrom: z.string(),
  emptySince: count.nullable(),
  lastArrival: count,
});
export type MeetingRecord = z.infer<typeof MeetingRecord>;

/** A seat, its resume tokens as hashes only (R8). */
export const SeatRecord = z.strictObject({
  v,
  id: ParticipantId,
  arrival: z.int().positive(),
  role: Role,
  incarnation: Incarnation,
  hello: SealedHello,
  media: MediaState,
  shown: z.boolean(),
  resume: z.strictObject({ issued: hash, before: hash.nullable(), wasShown: z.boolean() }),
});
export type SeatRecord = z.infer<typeof SeatRecord>;

/** What is left of a meeting that is over (R4). */
export const EndedRecord = z.strictObject({ v, verifier: z.nullable(Verifier), forgetAt: count });
export type EndedRecord = z.infer<typeof EndedRecord>;

/** Where each record lies. The order of keys is the order of reading: a meeting before its seats, and seats by arrival. */
export const keyOf = {
  ended: (meetingId: string) => `ended/${meetingId}`,
  meeting: (meetingId: string) => `meeting/${meetingId}`,
  seat: (meetingId: string, arrival: number) =>
    `seat/${meetingId}/${String(arrival).padStart(10, '0')}`,
};

export type KeptRecord =
  | { kind: 'ended'; meetingId: string; record: EndedRecord }
  | { kind: 'meeting'; meetingId: string; record: MeetingRecord }
  | { kind: 'seat'; meetingId: string; record: SeatRecord };

/** What lies under `key`, checked. Throws {@link UnreadableRecord}. */
export function readRecord(key: string, value: unknown): KeptRecord {
  const [kind = '', meetingId = ''] = key.split('/');
  const isKnown = kind === 'ended' || kind === 'meeting' || kind === 'seat';
  if (!isKnown || !MeetingId.safeParse(meetingId).success) throw new UnreadableRecord('unknown');
  const parsed = schemas[kind].safeParse(value);
  if (!parsed.success) throw new UnreadableRecord(kind);
  return { kind, meetingId, record: parsed.data } as KeptRecord;
}

const schemas = { ended: EndedRecord, meeting: MeetingRecord, seat: SeatRecord };
