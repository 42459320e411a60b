import {
  ChatMessage,
  Incarnation,
  InvitationId,
  MediaState,
  MeetingId,
  ParticipantId,
  Policy,
  Role,
  Schedule,
  SealedHello,
  Verifier,
} from '@confab/protocol';
import * as z from 'zod';
import { UnreadableRecord } from './meeting-store.ts';
import { MAX_VIA } from './ticket.ts';

/** Of this shape are the records below; another number is another version's. */
const v = z.literal(1);
const hash = z.string().length(43);
const count = z.int().nonnegative();
const names = z.array(z.string()).max(MAX_VIA);

/** Most names from which a host's word was taken, in one meeting. */
export const MAX_UNMADE = 200;

/** Of how many is remembered that their word counts by itself, in one meeting. */
export const MAX_INDEPENDENTS = 200;

/** Of how many is remembered that they may not speak, in one meeting, and of how many that they may although they cannot be told from those. */
export const MAX_SILENCED = 200;

/** Of how many is remembered that a host has sent them away from the door, in one meeting. */
export const MAX_DENIED = 200;

/** By what somebody is known again against whom a host has decided (R62, R67): themselves, invitations, a network; and whether they came with the bare link. */
const likeness = {
  id: ParticipantId,
  network: z.string().nullable(),
  bars: names,
  isBare: z.optional(z.boolean()),
  at: count,
};

/** A meeting without the people in it. `madeFrom` names the network it was made from, for counting; times are milliseconds since 1970. */
export const MeetingRecord = z.strictObject({
  v,
  capacity: z.int().min(1).max(64),
  passcodeHash: z.string().nullable(),
  /** How many hosts have set in the meeting, this one included; absent where none has (R73). */
  passcodesSet: z.optional(count),
  /** Since when it has been asked for, in seconds since 1970, where a server that did not count them has set it; null otherwise. */
  passcodeSince: z._default(count.nullable(), null),
  verifier: z.nullable(Verifier),
  policy: z._default(Policy, { locked: false }),
  succession: z._default(z.boolean(), true),
  /** Participants and invitations that do not make a host any more (R64). */
  unmade: z._default(z.array(z.string()).max(MAX_UNMADE), []),
  /** Whose word does not depend any more on those by whose word they came (R62): the independents, named as they were kept first. */
  standing: z._default(z.array(ParticipantId).max(MAX_INDEPENDENTS), []),
  /** Who may not speak, with what they are known by again (R67). */
  silenced: z._default(
    z.array(z.strictObject({ ...likeness, at: z._default(count, 0) })).max(MAX_SILENCED),
    [],
  ),
  /** Who may speak although they cannot be told from those (R67). */
  heard: z._default(z.array(ParticipantId).max(MAX_SILENCED), []),
  /**
   * Who knocks no more, from which network (null where that is held against nobody), whether with the bare link, and when they were sent away, in
   * milliseconds since 1970; of the latest, the name as well (R71).
   */
  denied: z._default(
    z
      .array(
        z.strictObject({
          id: ParticipantId,
          network: z.string().nullable(),
          at: count,
          isBare: z.optional(z.boolean()),
          named: z.optional(z.strictObject({ incarnation: Incarnation, hello: SealedHello })),
        }),
      )
      .max(MAX_DENIED),
    [],
  ),
  /** How many had arrived when the last host left; null while there is one, or was none yet (R65). */
  orphanedAt: z._default(z.nullable(count), null),
  /** When it takes place (R107); null where it is open as long as it is there. */
  schedule: z._default(z.nullable(Schedule), null),
  /** Until when it is there although nobody is in it; null where that is a matter of `emptySince` alone. */
  keptUntil: z._default(count.nullable(), null),
  madeFrom: z.string(),
  emptySince: count.nullable(),
  /** Whether whoever was there last was not lost, but left or was removed. */
  wasLeft: z._default(z.boolean(), false),
  /** Since when somebody has been there; null while nobody is. */
  busySince: z._default(count.nullable(), null),
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
  hand: z._default(z.nullable(count), null),
  speech: z.optional(z.enum(['forbidden', 'asking'])),
  isMuted: z._default(z.boolean(), false),
  isShareStopped: z._default(z.boolean(), false),
  shown: z.boolean(),
  /** What its owner's token says (R62). */
  cameAs: z.optional(Role),
  isUnmade: z.optional(z.literal(true)),
  isHeir: z.optional(z.literal(true)),
  via: z._default(names, []),
  network: z._default(z.nullable(z.string()), null),
  resume: z.strictObject({ issued: hash, before: hash.nullable(), wasShown: z.boolean() }),
});
export type SeatRecord = z.infer<typeof SeatRecord>;

/** What is left of a meeting that is over (R4). */
export const EndedRecord = z.strictObject({ v, verifier: z.nullable(Verifier), forgetAt: count });
export type EndedRecord = z.infer<typeof EndedRecord>;

/** Somebody whom a host has removed, and by what they are known again (R61, R62). */
export const RemovalRecord = z.strictObject({
  v,
  ...likeness,
  incarnation: Incarnation,
  hello: SealedHello,
});
export type RemovalRecord = z.infer<typeof RemovalRecord>;

/** Somebody who waits to be let in, in the order of knocking; `admitted` until they sit down (R71). */
export const WaitingRecord = z.strictObject({
  v,
  id: ParticipantId,
  incarnation: Incarnation,
  hello: SealedHello,
  via: names,
  network: z.string().nullable(),
  /** Whether they cannot be told from somebody who was removed (R62). */
  resembles: z.boolean(),
  order: count,
  admitted: z.boolean(),
  /** When, in milliseconds since 1970; absent while they wait. */
  admittedAt: z.optional(count),
  /** When they were admitted, in seconds since 1970, and how many passcodes had been set by then: as in their token. */
  ticketAt: z.optional(count),
  passcodes: z.optional(count),
});
export type WaitingRecord = z.infer<typeof WaitingRecord>;

/** An invitation that counts, with all that its token is made of but the key (R105). Times are seconds since 1970. */
export const InvitationRecord = z.strictObject({
  v,
  id: InvitationId,
  role: Role,
  name: z.optional(SealedHello),
  notBefore: count.nullable(),
  expiresAt: count,
  madeAt: count,
  madeBy: z.nullable(ParticipantId),
  by: names,
  jti: z.string(),
  uses: count,
  lastUsedAt: count.nullable(),
  /** Whoever it makes a host is one by the word of a host by succession (R65). */
  isHeirs: z.optional(z.literal(true)),
});
export type InvitationRecord = z.infer<typeof InvitationRecord>;

/** A message of a meeting's chat, sealed as it came; or, under 0, the last place that was given before messages were dropped. */
export const ChatRecord = z.strictObject({
  v,
  message: z.optional(ChatMessage),
  last: count.optional(),
});
export type ChatRecord = z.infer<typeof ChatRecord>;

/** Something that other programs are to be told of, and who has not heard of it yet (R112). `at` is when it happened. */
export const EventRecord = z.strictObject({
  v,
  id: z.string().max(64),
  type: z.enum(['meeting.started', 'meeting.ended', 'participant.joined', 'participant.left']),
  meetingId: MeetingId,
  participantId: z.optional(ParticipantId),
  at: count,
  to: z.array(z.string()).max(8),
});
export type EventRecord = z.infer<typeof EventRecord>;

/** Where each record lies. The order of keys is the order of reading: a meeting before what belongs to it, seats by arrival, messages by their place. */
export const keyOf = {
  chat: (meetingId: string, seq: number) => `chat/${meetingId}/${String(seq).padStart(10, '0')}`,
  ended: (meetingId: string) => `ended/${meetingId}`,
  event: ({ meetingId, id }: Pick<EventRecord, 'meetingId' | 'id'>) => `event/${meetingId}/${id}`,
  meeting: (meetingId: string) => `meeting/${meetingId}`,
  removal: (meetingId: string, participantId: string) => `removal/${meetingId}/${participantId}`,
  seat: (meetingId: string, arrival: number) =>
    `seat/${meetingId}/${String(arrival).padStart(10, '0')}`,
  invitation: (meetingId: string, id: string) => `token/${meetingId}/${id}`,
  waiting: (meetingId: string, participantId: string) => `waiting/${meetingId}/${participantId}`,
};

export type KeptRecord =
  | { kind: 'chat'; meetingId: string; record: ChatRecord }
  | { kind: 'ended'; meetingId: string; record: EndedRecord }
  | { kind: 'event'; meetingId: string; record: EventRecord }
  | { kind: 'meeting'; meetingId: string; record: MeetingRecord }
  | { kind: 'removal'; meetingId: string; record: RemovalRecord }
  | { kind: 'seat'; meetingId: string; record: SeatRecord }
  | { kind: 'token'; meetingId: string; record: InvitationRecord }
  | { kind: 'waiting'; meetingId: string; record: WaitingRecord };

/** What lies under `key`, checked. Throws {@link UnreadableRecord}. */
export function readRecord(key: string, value: unknown): KeptRecord {
  const [kind = '', meetingId = ''] = key.split('/');
  if (!isKind(kind) || !MeetingId.safeParse(meetingId).success)
    throw new UnreadableRecord('unknown');
  const parsed = schemas[kind].safeParse(value);
  if (!parsed.success) throw new UnreadableRecord(kind);
  return { kind, meetingId, record: parsed.data } as KeptRecord;
}

const schemas = {
  chat: ChatRecord,
  ended: EndedRecord,
  event: EventRecord,
  meeting: MeetingRecord,
  removal: RemovalRecord,
  seat: SeatRecord,
  token: InvitationRecord,
  waiting: WaitingRecord,
};

function isKind(text: string): text is keyof typeof schemas {
  return Object.hasOwn(schemas, text);
}
