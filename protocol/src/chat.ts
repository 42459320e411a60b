import * as z from 'zod/mini';
import { MessageId, ParticipantId, SealedChat } from './values.ts';

/** Longest text of a chat message in Unicode code points. */
export const MAX_CHAT_TEXT = 4_000;

/** Emoji that a message can be answered with. */
export const REACTIONS = ['👍', '❤️', '😂', '🎉', '😮', '🙏'] as const;

/** A message as the server keeps it and hands it out (R42, R43). */
export const ChatMessage = z.strictObject({
  /** The one order of the meeting's chat, from 1. */
  seq: z.int().check(z.positive()),
  id: MessageId,
  /** The server's word; the seal proves it. */
  from: ParticipantId,
  /** Absent: for everybody. */
  to: z.optional(ParticipantId),
  sealed: SealedChat,
  /** When the server took it, in milliseconds since 1970 UTC; for display only. */
  at: z.int().check(z.nonnegative()),
});
export type ChatMessage = z.infer<typeof ChatMessage>;
