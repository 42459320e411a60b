import * as z from 'zod/mini';

/** What one can show everybody for a moment, without a word in the chat. */
export const LIVE_REACTIONS = ['👍', '❤️', '👏', '😂', '🎉', '😮', '😢', '🤔', '👎'] as const;

export type LiveReaction = (typeof LIVE_REACTIONS)[number];

/** The plaintext of a reaction (R58). */
export const ReactionBody = z.strictObject({ emoji: z.enum(LIVE_REACTIONS) });
export type ReactionBody = z.infer<typeof ReactionBody>;
