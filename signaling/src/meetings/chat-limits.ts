/** How much chat is kept, and how much of it one answer brings (R43). */
export const chatLimits = {
  /** Messages of one meeting, and what they may take (bytes). */
  messages: 200,
  bytes: 1_048_576,
  /** One page of `chat:read`; a message that is longer alone still fits. */
  page: 49_152,
  /** What the chats of all meetings may take together. */
  total: 64 * 1_048_576,
  /** Who comes into an empty meeting reads what was said within this time (milliseconds). */
  between: 3_600_000,
} as const;
