import * as z from 'zod/mini';
import { Announcement } from './announcement.ts';
import { ChatMessage } from './chat.ts';
import { RefusalCode } from './refusals.ts';
import { nothing, place } from './replies.ts';
import {
  DeniedPeople,
  Door,
  ParticipantId,
  SealedNote,
  SealedReaction,
  SealedSignal,
  Snapshot,
} from './values.ts';

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
  /** Who is kept out and who waits; replaces what was known. To hosts alone (R63, R71). */
  'door:changed': Door,
  /** Who was denied of late; replaces what was known. To hosts alone (R71). */
  'door:denied': DeniedPeople,
  /** A host has removed somebody else: told before the snapshot that has them no more (R61). */
  'participant:removed': z.strictObject({ participant: ParticipantId }),
  /** A host has taken the seat away; this connection is closed next (R61). */
  'seat:removed': nothing,
  /** To whoever waits: their place in the queue, from 1 (R71). */
  'knock:placed': z.strictObject({ place }),
  /** To whoever waits: a host says something (R72). */
  'knock:told': z.strictObject({ sealed: SealedNote }),
  /** To whoever waits: they may take a seat, or this connection is closed next (R71). */
  'knock:answered': z.strictObject({ admitted: z.boolean() }),
  /** A host has muted this page's participant; `by` says which (R66). */
  'seat:muted': z.strictObject({ by: ParticipantId }),
  /** A host has ended the sharing of this page's screen; `by` says which (R68). */
  'seat:unshared': z.strictObject({ by: ParticipantId }),
  /** The meeting is over; this connection is closed next (R69). */
  'meeting:ended': nothing,
  /** The seat was taken by a newer connection; this one is closed next (R8). */
  'seat:taken': nothing,
  /** Whoever runs the server says something to everybody (R80). */
  'server:announced': z.strictObject({ text: Announcement }),
  /** The server stops: connect anew after `delay` milliseconds, another one each for everybody (R38). */
  'server:stopping': z.strictObject({ delay: z.int().check(z.gte(0), z.lte(60_000)) }),
} as const;

export type Notices = typeof notices;
export type NoticeName = keyof Notices;
export type Notice<Name extends NoticeName> = z.infer<Notices[Name]>;
