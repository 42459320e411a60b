import * as z from 'zod/mini';
import { ChatMessage } from './chat.ts';
import { IceServer, ParticipantId, ResumeToken, Snapshot, Token } from './values.ts';

/** The data of every reply that has nothing to say but yes. */
export const nothing = z.strictObject({});

/** A place in the order that the server gives a meeting's chat, counted from 1; 0 is before the first message. */
export const place = z.int().check(z.nonnegative());

/** As `RTCPeerConnection` takes them. */
const iceServers = z.array(IceServer).check(z.maxLength(8));

/** Seconds for which the TURN credential in `iceServers` opens new allocations; absent where there is none (R51). */
const iceLifetime = z.optional(z.int().check(z.positive()));

/** What the server answers, by request, where there is more to it than {@link nothing}. Apart from the requests: pages check no more than this. */
export const replies = {
  'meeting:join': z.strictObject({
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
  /** `place`: in the queue, from 1; 0 where one needs not wait. `token`: a fresh one for the same person. */
  'door:knock': z.strictObject({
    place,
    token: Token,
    tokenLifetime: z.int().check(z.positive()),
  }),
  'token:renew': z.strictObject({
    token: Token,
    tokenLifetime: z.int().check(z.positive()),
    iceServers,
    iceLifetime,
  }),
  /** `at`: the server's clock, milliseconds since 1970 UTC, for display only. */
  'chat:send': z.strictObject({ seq: place, at: place }),
  'chat:read': z.strictObject({
    messages: z.array(ChatMessage).check(z.maxLength(200)),
    /** Up to where the caller now knows everything that is kept for it. */
    upTo: place,
    /** Whether the next page has something. */
    more: z.boolean(),
  }),
} as const;
