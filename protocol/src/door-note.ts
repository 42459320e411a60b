import * as z from 'zod/mini';
import { MAX_NAME } from './values.ts';

/** Longest text of a note, in UTF-16 code units. */
export const MAX_NOTE = 500;

/** What a host says to somebody who waits, as it is sealed (R72): who says it, and a line of text. */
export const DoorNote = z.strictObject({
  name: z.string().check(z.maxLength(MAX_NAME * 2)),
  text: z.string().check(z.minLength(1), z.maxLength(MAX_NOTE)),
});
export type DoorNote = z.infer<typeof DoorNote>;
