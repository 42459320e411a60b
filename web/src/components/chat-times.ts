import { perLanguage } from '../words/per-language.ts';

const dated = (options: Intl.DateTimeFormatOptions) =>
  perLanguage((tag) => new Intl.DateTimeFormat(tag, options));
const day = dated({ weekday: 'long', day: 'numeric', month: 'long' });
const clock = dated({ hour: '2-digit', minute: '2-digit' });
const full = dated({ dateStyle: 'medium', timeStyle: 'short' });

/** Within this, messages of one person in a row belong together (milliseconds). */
const TOGETHER = 300_000;

/** "Friday, 21 November". */
export const dayOf = (at: number): string => day().format(at);

/** "09:41". */
export const timeOf = (at: number): string => clock().format(at);

/** Day and time, for a tooltip and for a file. */
export const momentOf = (at: number): string => full().format(at);

/** Whether a message begins another day than the one before it. */
export function beginsDay(at: number | null, before: number | null | undefined): boolean {
  if (at === null) return false;
  return before == null || dayOf(at) !== dayOf(before);
}

type Said = { from: string; to: string | null; at: number | null };

/** Whether a message goes on where the same person has just spoken, to the same people. */
export function goesOn(message: Said, before: Said | undefined): boolean {
  if (before?.from !== message.from || before.to !== message.to) return false;
  if (message.at === null || before.at === null) return true;
  return message.at - before.at < TOGETHER && !beginsDay(message.at, before.at);
}
