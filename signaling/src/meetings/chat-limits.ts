/** How much chat is kept, and how much of it one answer brings (R43). */
export const chatLimits = {
  /** Messages of one meeting for everybody, as many private ones beside them, and what all may take (bytes). */
  messages: 200,
  bytes: 1_048_576,
  /** What the private ones may take of it where there is not enough for all. */
  privately: 262_144,
  /** One page of `chat:read`; a message that is longer alone still fits. */
  page: 49_152,
  /** What the chats of all meetings may take together. */
  total: 64 * 1_048_576,
  /** Who comes into a meeting that people were lost from reads what was said within this time (milliseconds). */
  between: 3_600_000,
  /** Who comes into one that the last had left reads what was said if that was within this time: somebody may have left by mistake (milliseconds). */
  afterLeaving: 300_000,
} as const;
