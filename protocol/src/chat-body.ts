import * as z from 'zod/mini';
import { MAX_CHAT_TEXT, REACTIONS } from './chat.ts';
import { FileOffer } from './files.ts';
import { MAX_NAME, MessageId, ParticipantId } from './values.ts';

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
  /** Takes the sender's own message `id` back; of a file, the offer. */
  z.strictObject({ kind: z.literal('removal'), name, id: MessageId }),
  /** Puts an emoji beside a message, or takes one's own away. */
  z.strictObject({
    kind: z.literal('reaction'),
    name,
    target: ref,
    emoji: z.enum(REACTIONS),
    on: z.boolean(),
  }),
  /** Offers a file (R84); its bytes travel on the links. */
  z.strictObject({ kind: z.literal('file'), name, file: FileOffer }),
]);
export type ChatBody = z.infer<typeof ChatBody>;
