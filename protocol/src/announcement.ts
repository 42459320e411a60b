import * as z from 'zod/mini';

/** Longest announcement to all meetings, in UTF-16 code units (R80). */
export const MAX_ANNOUNCEMENT = 280;

/** What an operator tells everybody: one paragraph of plain text (R80). */
export const Announcement = z.string().check(
  z.trim(),
  z.minLength(1),
  z.maxLength(MAX_ANNOUNCEMENT),
  // Neither line breaks nor marks that turn the direction of what follows: it stands among the app's own words.
  z.regex(/^[^\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]*$/u),
);
