import {
  Announcement,
  MeetingId,
  ParticipantId,
  Proof,
  RefusalCode,
  Role,
  httpCalls,
} from '@confab/protocol';
import * as z from 'zod';
import { HostCall } from '../meetings/host-calls.ts';
import { MAX_VIA } from '../meetings/ticket.ts';

/** A socket of the node that speaks, or is spoken to. */
const socketId = z.string().min(1).max(64);
/** As in a ticket. */
const via = z.array(z.string()).max(MAX_VIA);
const listed = z.literal(true).optional();

/** What one node tells another. */
export const Tell = z.discriminatedUnion('kind', [
  /** To sockets of the addressed node: a notice. */
  z.strictObject({
    kind: z.literal('notice'),
    to: z.array(socketId),
    name: z.string(),
    notice: z.unknown(),
    volatile: z.boolean().optional(),
  }),
  /** To the node that has the socket: its client has to connect anew, or (`session`) stay away. */
  z.strictObject({
    kind: z.literal('close'),
    socket: socketId,
    what: z.enum(['transport', 'session']),
  }),
  /** To the meeting's owner: the socket is gone. */
  z.strictObject({
    kind: z.literal('lost'),
    socket: socketId,
    loss: z.enum(['closed', 'silence', 'absence']),
  }),
  /** To an owner, every second: these sockets of its meetings are here, and no others. */
  z.strictObject({ kind: z.literal('holding'), sockets: z.array(socketId) }),
  /** From the owner: who receives signals where. */
  z.strictObject({
    kind: z.literal('seated'),
    meetingId: MeetingId,
    connections: z.array(z.tuple([ParticipantId, z.string()])),
  }),
  /** To every node: an operator says something to everybody. */
  z.strictObject({ kind: z.literal('announced'), text: Announcement }),
]);
export type Tell = z.infer<typeof Tell>;

/** What one node asks the owner of a meeting. */
export const Ask = z.discriminatedUnion('kind', [
  /** A request of one of the asking node's sockets, which has been found to fit its schema. */
  z.strictObject({
    kind: z.literal('request'),
    socket: socketId,
    meetingId: MeetingId,
    participantId: ParticipantId,
    role: Role,
    via,
    listed,
    network: z.string().nullable(),
    /** When the caller was admitted; named as by nodes that are exchanged one after the other. */
    issuedAt: z.number().optional(),
    passcodes: z.number().optional(),
    name: z.string(),
    payload: z.unknown(),
  }),
  z.strictObject({ kind: z.literal('describe'), meetingId: MeetingId }),
  z.strictObject({
    kind: z.literal('admit'),
    meetingId: MeetingId,
    request: httpCalls.admission.body,
    /** Where the caller is, for counting wrong passcodes. */
    network: z.string(),
  }),
  /** `prove` is what nodes of before say, without where the caller is: as from where nobody was sent away. */
  z.strictObject({
    kind: z.enum(['try-relay', 'prove']),
    meetingId: MeetingId,
    proof: Proof,
    network: z._default(z.string(), ''),
  }),
  /** What an operator is to see of the node. */
  z.strictObject({ kind: z.literal('report') }),
  /** An operator ends a meeting that the node runs. */
  z.strictObject({ kind: z.literal('end'), meetingId: MeetingId }),
  z.strictObject({
    kind: z.literal('host'),
    meetingId: MeetingId,
    /** Null for whoever has an API key. */
    by: z.nullable(
      z.strictObject({ participantId: z.nullable(ParticipantId), role: Role, via, listed }),
    ),
    call: HostCall,
  }),
]);
export type Ask = z.infer<typeof Ask>;

const from = z.string();
export const NodeMessage = z.union([
  z.strictObject({ from, tell: Tell }),
  z.strictObject({ from, id: z.string(), ask: Ask }),
  z.strictObject({
    from,
    id: z.string(),
    data: z.unknown().optional(),
    error: z.optional(RefusalCode),
    opensAt: z.number().optional(),
  }),
]);
export type NodeMessage = z.infer<typeof NodeMessage>;

/** An ask that only later versions know: whoever asks need not wait for an answer. */
export const UnknownAsk = z.looseObject({
  from,
  id: z.string(),
  ask: z.looseObject({ kind: z.string() }),
});
