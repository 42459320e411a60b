import * as z from 'zod/mini';
import { LinkCounts } from './link-counts.ts';
import type { RefusalCode } from './refusals.ts';
import { nothing, place, replies } from './replies.ts';
import {
  Incarnation,
  MAX_WAITING,
  MediaState,
  MessageId,
  ParticipantId,
  Passcode,
  ResumeToken,
  Role,
  SealedChat,
  SealedHello,
  SealedNote,
  SealedReaction,
  SealedSignal,
} from './values.ts';

/** What of the meeting's policy is to be otherwise. */
const PolicyChange = z
  .strictObject({
    locked: z.optional(z.boolean()),
    waitingRoom: z.optional(z.boolean()),
    /** Null asks for none any more. */
    passcode: z.optional(z.nullable(Passcode)),
  })
  .check(z.refine((change) => Object.values(change).some((value) => value !== undefined)));

/** What a client asks; every one is answered with a {@link Reply}, except `signal:send` (R21). */
export const requests = {
  /** Takes the seat the token names, or takes it back after a lost connection or a reload (R5, R8). */
  'meeting:join': {
    payload: z.strictObject({
      incarnation: Incarnation,
      hello: SealedHello,
      media: MediaState,
      /** From the reply to the last join to this seat; absent at the first (R8). */
      resume: z.optional(ResumeToken),
    }),
    reply: replies['meeting:join'],
  },
  /** Gives the seat up for good. */
  'meeting:leave': { payload: nothing, reply: nothing },
  /** Tells what one sends now. */
  'presence:update': { payload: MediaState, reply: nothing },
  /** Says that these participants' media still arrives although their sockets are gone; keeps their seats shown (R10). */
  'presence:vouch': {
    payload: z.strictObject({
      participants: z.array(ParticipantId).check(z.minLength(1), z.maxLength(64)),
    }),
    reply: nothing,
  },
  /** Says how many of one's links work, and how many of those go through a relay (R114). */
  'links:report': { payload: LinkCounts, reply: nothing },
  /** Asks for the floor (R57). */
  'hand:raise': { payload: nothing, reply: nothing },
  /** Takes one's own hand down, or, for hosts, that of `participant` (R57). */
  'hand:lower': {
    payload: z.strictObject({ participant: z.optional(ParticipantId) }),
    reply: nothing,
  },
  /** Says whether one is away from the page (R59). */
  'away:set': { payload: z.strictObject({ away: z.boolean() }), reply: nothing },
  /** Shows everybody a sealed reaction. May get lost (R58). */
  'reaction:send': { payload: z.strictObject({ sealed: SealedReaction }), reply: nothing },
  /** Sets the meeting's policy; hosts only (R48). */
  'policy:set': { payload: PolicyChange, reply: nothing },
  /** Asks to be let in, before one has a seat (R71). */
  'door:knock': {
    payload: z.strictObject({ incarnation: Incarnation, hello: SealedHello }),
    reply: replies['door:knock'],
  },
  /** Lets these in, of those who wait; hosts only (R71). */
  'knock:admit': {
    payload: z.strictObject({
      participants: z.array(ParticipantId).check(z.minLength(1), z.maxLength(MAX_WAITING)),
    }),
    reply: nothing,
  },
  /** Sends somebody away who waits; hosts only (R71). */
  'knock:deny': { payload: z.strictObject({ participant: ParticipantId }), reply: nothing },
  /** Tells somebody something who waits; hosts only (R72). */
  'knock:tell': {
    payload: z.strictObject({ participant: ParticipantId, sealed: SealedNote }),
    reply: nothing,
  },
  /** Takes somebody's seat away and keeps them out; hosts only (R61). */
  'participant:remove': {
    payload: z.strictObject({ participant: ParticipantId }),
    reply: nothing,
  },
  /** Mutes somebody, or without `participant` everybody else, until they unmute themselves; hosts only (R66, R101). */
  'participant:mute': {
    payload: z.strictObject({ participant: z.optional(ParticipantId) }),
    reply: nothing,
  },
  /** Forbids somebody to speak, or allows it again; hosts only (R67). */
  'speech:set': {
    payload: z.strictObject({ participant: ParticipantId, allowed: z.boolean() }),
    reply: nothing,
  },
  /** Asks to speak, for whom a host has forbidden it, or takes that back (R67). */
  'speech:ask': { payload: z.strictObject({ asks: z.boolean() }), reply: nothing },
  /** Ends somebody's sharing of a screen; hosts only (R68). */
  'share:stop': { payload: z.strictObject({ participant: ParticipantId }), reply: nothing },
  /** Ends the meeting for everybody, for good; hosts only (R69). */
  'meeting:end': { payload: nothing, reply: nothing },
  /** Makes somebody a host, or takes that away; hosts only (R64). */
  'role:set': {
    payload: z.strictObject({ participant: ParticipantId, role: Role }),
    reply: nothing,
  },
  /** Becomes a host, for whom the snapshot offers that to (R65). */
  'role:claim': { payload: nothing, reply: nothing },
  /** Lets somebody come again who was removed, or knock again who was denied; hosts only (R63, R71). */
  'participant:readmit': {
    payload: z.strictObject({ participant: ParticipantId }),
    reply: nothing,
  },
  /** A fresh token for the same seat, before the present one expires, and fresh TURN credentials. */
  'token:renew': {
    payload: nothing,
    reply: replies['token:renew'],
  },
  /** One sealed signal for one participant of one's own meeting. Not acknowledged: the two ends confirm by `seq` (R24). */
  'signal:send': {
    payload: z.strictObject({ to: ParticipantId, sealed: SealedSignal }),
    reply: nothing,
  },
  /** Puts a sealed message into the meeting's chat: for everybody, or for `to` alone (R42). */
  'chat:send': {
    payload: z.strictObject({ id: MessageId, to: z.optional(ParticipantId), sealed: SealedChat }),
    reply: replies['chat:send'],
  },
  /** What the chat holds for the caller behind `after`, a page of it (R43). */
  'chat:read': {
    payload: z.strictObject({ after: place }),
    reply: replies['chat:read'],
  },
  /** Says that one is writing: to everybody, or to `to` alone. May get lost (R47). */
  'typing:announce': {
    payload: z.strictObject({ to: z.optional(ParticipantId) }),
    reply: nothing,
  },
} as const;

/** What hosts alone may ask; everybody else is refused with `forbidden`, whatever they say (R61). */
export const hostRequests = [
  'policy:set',
  'knock:admit',
  'knock:deny',
  'knock:tell',
  'participant:remove',
  'participant:readmit',
  'participant:mute',
  'speech:set',
  'share:stop',
  'meeting:end',
  'role:set',
] as const satisfies RequestName[];
export type HostRequest = (typeof hostRequests)[number];

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type Payload<Name extends RequestName> = z.infer<Requests[Name]['payload']>;
export type ReplyData<Name extends RequestName> = z.infer<Requests[Name]['reply']>;

/** The answer to a request: its result, or why not. */
export type Reply<Data> = { ok: true; data: Data } | { ok: false; error: RefusalCode };
