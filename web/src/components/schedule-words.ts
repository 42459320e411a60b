import * as m from '../paraglide/messages.js';
import { formatTag } from '../words/spoken.svelte.ts';

/** A day and a time in one's own zone; `at` in milliseconds since 1970. */
export function longDateTime(at: number): string {
  return new Intl.DateTimeFormat(formatTag(), {
    dateStyle: 'full',
    timeStyle: 'short',
  }).format(at);
}

/** As {@link longDateTime}, where there is little room. */
export function shortDateTime(at: number): string {
  return new Intl.DateTimeFormat(formatTag(), {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(at);
}

/** One's own time zone as the IANA database names it, with spaces. */
export function ownZone(): string {
  return ownTimeZone().replaceAll('_', ' ');
}

/** One's own time zone, as the IANA database names it. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** How long `ms` milliseconds are, in the largest unit that says something: "in 2 hours". */
export function timeUntil(ms: number): string {
  const format = new Intl.RelativeTimeFormat(formatTag(), { numeric: 'always' });
  const [unit, size] = units.find(([, one]) => ms >= one * 2) ?? SECOND;
  return ms < 1_000 ? m.early_now() : format.format(Math.round(ms / size), unit);
}

const SECOND = ['second', 1_000] as const;
const units = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], SECOND] as const;
