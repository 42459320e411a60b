import * as z from 'zod/mini';
import { Announcement } from './announcement.ts';
import { ChatMessage } from './chat.ts';
import {
  Door,
  IceServer,
  Incarnation,
  MediaState,
  MessageId,
  ParticipantId,
  Policy,
  ResumeToken,
  Role,
  SealedChat,
  SealedHello,
  SealedReaction,
  SealedSignal,
  Snapshot,
  Token,
} from './values.ts';
import { RefusalCode } from './refusals.ts';

const nothing = z.strictObject({});

/** A place in the order that the server gives a meeting's chat, counted from 1; 0 is before the first message. */
const place = z.int().check(z.nonnegative());

/** As `RTCPeerConnection` takes them. */
const iceServers = z.array(IceServer).check(z.maxLength(8));

/** Seconds for which the TURN credential in `iceServers` opens new allocations; absent where there is none (R51). */
const iceLifetime = z.optional(z.int().check(z.positive()));

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
    reply: z.strictObject({
      participantId: ParticipantId,
      snapshot: Snapshot,
      iceServers,
      iceLifetime,
      /** A fresh token for the same seat; replaces the one that opened this connection. */
      token: Token,
      /** Seconds until `token` expires. */
      tokenLifetime: z.int().check(z.positive()),
      /** What the next join to this seat has to show. */
      resume: ResumeToken,
    }),
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
  'policy:set': { payload: Policy, reply: nothing },
  /** Takes somebody's seat away and keeps them out; hosts only (R61). */
  'participant:remove': {
    payload: z.strictObject({ participant: ParticipantId }),
    reply: nothing,
  },
  /** Makes somebody a host, or takes that away; hosts only (R64). */
  'role:set': {
    payload: z.strictObject({ participant: ParticipantId, role: Role }),
    reply: nothing,
  },
  /** Becomes a host, for whom the snapshot offers that to (R65). */
  'role:claim': { payload: nothing, reply: nothing },
  /** Lets somebody come again who was removed; hosts only (R63). */
  'participant:readmit': {
    payload: z.strictObject({ participant: ParticipantId }),
    reply: nothing,
  },
  /** A fresh token for the same seat, before the present one expires, and fresh TURN credentials. */
  'token:renew': {
    payload: nothing,
    reply: z.strictObject({
      token: Token,
      tokenLifetime: z.int().check(z.positive()),
      iceServers,
      iceLifetime,
    }),
  },
  /** One sealed signal for one participant of one's own meeting. Not acknowledged: the two ends confirm by `seq` (R24). */
  'signal:send': {
    payload: z.strictObject({ to: ParticipantId, sealed: SealedSignal }),
    reply: nothing,
  },
  /** Puts a sealed message into the meeting's chat: for everybody, or for `to` alone (R42). */
  'chat:send': {
    payload: z.strictObject({ id: MessageId, to: z.optional(ParticipantId), sealed: SealedChat }),
    /** `at`: the server's clock, milliseconds since 1970 UTC, for display only. */
    reply: z.strictObject({ seq: place, at: place }),
  },
  /** What the chat holds for the caller behind `after`, a page of it (R43). */
  'chat:read': {
    payload: z.strictObject({ after: place }),
    reply: z.strictObject({
      messages: z.array(ChatMessage).check(z.maxLength(200)),
      /** Up to where the caller now knows everything that is kept for it. */
      upTo: place,
      /** Whether the next page has something. */
      more: z.boolean(),
    }),
  },
  /** Says that one is writing: to everybody, or to `to` alone. May get lost (R47). */
  'typing:announce': {
    payload: z.strictObject({ to: z.optional(ParticipantId) }),
    reply: nothing,
  },
} as const;

/** What the server announces, unasked. */
export const notices = {
  /** The meeting as it is now; replaces what was known (R7). */
  'meeting:changed': Snapshot,
  /** A signal from another participant of the same meeting; `from` is the server's word (R22). */
  'signal:received': z.strictObject({ from: ParticipantId, sealed: SealedSignal }),
  /** A signal that was not relayed. `to` is absent where the signal named no participant id. */
  'signal:refused': z.strictObject({ to: z.optional(ParticipantId), error: RefusalCode }),
  /** A message of the meeting's chat that the receiver did not send (R42). */
  'chat:received': ChatMessage,
  /** Somebody is writing (R47). */
  'typing:announced': z.strictObject({ from: ParticipantId }),
  /** Somebody shows a reaction (R58). */
  'reaction:received': z.strictObject({ from: ParticipantId, sealed: SealedReaction }),
  /** Who is kept out; replaces what was known. To hosts alone (R63). */
  'door:changed': Door,
  /** A host has taken the seat away; this connection is closed next (R61). */
  'seat:removed': nothing,
  /** The seat was taken by a newer connection; this one is closed next (R8). */
  'seat:taken': nothing,
  /** Whoever runs the server says something to everybody (R80). */
  'server:announced': z.strictObject({ text: Announcement }),
  /** The server stops: connect anew after `delay` milliseconds, another one each for everybody (R38). */
  'server:stopping': z.strictObject({ delay: z.int().check(z.gte(0), z.lte(60_000)) }),
} as const;

/** What hosts alone may ask; everybody else is refused with `forbidden`, whatever they say (R61). */
export const hostRequests = [
  'policy:set',
  'participant:remove',
  'participant:readmit',
  'role:set',
] as const satisfies RequestName[];
export type HostRequest = (typeof hostRequests)[number];

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type Payload<Name extends RequestName> = z.infer<Requests[Name]['payload']>;
export type ReplyData<Name extends RequestName> = z.infer<Requests[Name]['reply']>;

/** The answer to a request: its result, or why not. */
export type Reply<Data> = { ok: true; data: Data } | { ok: false; error: RefusalCode };

export type Notices = typeof notices;
export type NoticeName = keyof Notices;
export type Notice<Name extends NoticeName> = z.infer<Notices[Name]>;

/** Socket.IO's event map, client to server, derived from {@link requests}. */
export type ClientToServerEvents = {
  [Name in RequestName]: (
    payload: Payload<Name>,
    reply?: (reply: Reply<ReplyData<Name>>) => void,
  ) => void;
};

/** Socket.IO's event map, server to client, derived from {@link notices}. */
export type ServerToClientEvents = { [Name in NoticeName]: (notice: Notice<Name>) => void };

/** What `connect_error` carries in `data` when the server refuses a connection. */
export const ConnectionRefusal = z.object({ error: RefusalCode });
export type ConnectionRefusal = z.infer<typeof ConnectionRefusal>;
