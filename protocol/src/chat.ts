import * as z from 'zod/mini';
import { MAX_NAME, MessageId, ParticipantId, SealedChat } from './values.ts';

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

const name = z.string().check(z.minLength(1), z.maxLength(MAX_NAME * 4));

const text = z.string().check(
  z.minLength(1),
  z.maxLength(MAX_CHAT_TEXT * 2),
  z.refine((value) => Array.from(value).length <= MAX_CHAT_TEXT),
);

/** Somebody's message, wherever it stands in the chat. */
const ref = z.strictObject({ from: ParticipantId, id: MessageId });

/** The plaintext of a chat message (R45). `name` is the sender's, for readers who come when the sender is gone. */
export const ChatBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), name, text, replyTo: z.optional(ref) }),
  /** Replaces the text of the sender's own message `id`. */
  z.strictObject({ kind: z.literal('edit'), name, id: MessageId, text }),
  /** Takes the sender's own message `id` back. */
  z.strictObject({ kind: z.literal('removal'), name, id: MessageId }),
  /** Puts an emoji beside a message, or takes one's own away. */
  z.strictObject({
    kind: z.literal('reaction'),
    name,
    target: ref,
    emoji: z.enum(REACTIONS),
    on: z.boolean(),
  }),
]);
export type ChatBody = z.infer<typeof ChatBody>;
