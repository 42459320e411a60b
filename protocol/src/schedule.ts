import * as z from 'zod/mini';

/** Longest occurrence of a scheduled meeting, in minutes. */
export const MAX_DURATION = 1_440;

/** How far ahead the last occurrence of a scheduled meeting may begin, in days. */
export const MAX_AHEAD = 366;

/** The days of a week as iCalendar writes them (RFC 5545 §3.3.10), Monday first. */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

const date = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?`;

/** A day by the calendar: `2026-11-25`. */
const LocalDate = z.string().check(z.regex(new RegExp(`^${date}$`)));

/** What a clock on the wall shows, and the calendar beside it: `2026-11-25T09:30`. */
const LocalTime = z.string().check(z.regex(new RegExp(`^${date}T${time}$`)));

/** How a scheduled meeting comes back (R107). */
export const Recurrence = z.strictObject({
  frequency: z.enum(['daily', 'weekly', 'monthly']),
  /** Every so many days, weeks or months; absent is 1. */
  interval: z.optional(z.int().check(z.gte(1), z.lte(12))),
  /** Of a weekly one: on which days, that of the first occurrence among them; absent is that day alone. */
  days: z.optional(z.array(z.enum(weekdays)).check(z.minLength(1), z.maxLength(7))),
  /** The last day on which one may begin. */
  until: LocalDate,
});
export type Recurrence = z.infer<typeof Recurrence>;

/** When a meeting takes place: by the clocks of one time zone, whatever daylight saving does to them (R107). */
export const Schedule = z.strictObject({
  /** When the first occurrence begins, in `timeZone`. */
  start: LocalTime,
  /** Minutes. */
  duration: z.int().check(z.gte(1), z.lte(MAX_DURATION)),
  /** A name of the IANA time zone database: `Europe/Berlin`. */
  timeZone: z.string().check(z.minLength(1), z.maxLength(64)),
  /** Absent where it takes place once. */
  recurrence: z.optional(Recurrence),
});
export type Schedule = z.infer<typeof Schedule>;
