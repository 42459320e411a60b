import { MAX_AHEAD, weekdays } from './schedule.ts';
import type { Recurrence, Schedule } from './schedule.ts';
import { DAY, instantOf, isTimeZone, wallTimeOf } from './wall-clock.ts';
import type { WallTime } from './wall-clock.ts';

/** One time that a scheduled meeting takes place, in milliseconds since 1970. */
export type Occurrence = { start: number; end: number };

const MINUTE = 60_000;

/** Every occurrence, in order: at the same time by the clocks, whatever the clocks do in between (R107). Throws a RangeError for an unknown time zone. */
export function occurrencesOf(schedule: Schedule): Occurrence[] {
  const { duration, timeZone } = schedule;
  return wallTimesOf(schedule).map((wall) => {
    const start = instantOf(wall, timeZone);
    return { start, end: start + duration * MINUTE };
  });
}

/** Whether a schedule makes sense at `now` (milliseconds since 1970): it exists, is not over, and ends within {@link MAX_AHEAD} days. */
export function isFitting(schedule: Schedule, now: number): boolean {
  const { start, timeZone, recurrence } = schedule;
  const first = wallTimeOf(start);
  const until = recurrence === undefined ? first : wallTimeOf(recurrence.until);
  if (!isTimeZone(timeZone) || Number.isNaN(first) || Number.isNaN(until)) return false;
  // Looked at before the days are counted, which must not take long.
  if (Math.max(first, until) > now + (MAX_AHEAD + 1) * DAY || first < now - (MAX_AHEAD + 1) * DAY)
    return false;
  if (recurrence?.days !== undefined && !isOnItsDays(recurrence, first)) return false;
  const last = occurrencesOf(schedule).at(-1);
  return last !== undefined && last.end > now && last.start <= now + MAX_AHEAD * DAY;
}

function isOnItsDays({ frequency, days }: Recurrence, first: WallTime): boolean {
  return frequency === 'weekly' && days?.includes(weekdayOf(first)) === true;
}

function wallTimesOf({ start, recurrence }: Schedule): WallTime[] {
  const first = wallTimeOf(start);
  if (recurrence === undefined) return [first];
  const end = wallTimeOf(recurrence.until) + DAY;
  const found: WallTime[] = [];
  const isDue = daysOf(recurrence, first);
  for (let wall = first; wall < end; wall += DAY) if (isDue(wall)) found.push(wall);
  return found;
}

/** Tells the days of a recurrence from others. */
function daysOf(
  { frequency, interval = 1, days }: Recurrence,
  first: WallTime,
): (wall: WallTime) => boolean {
  if (frequency === 'daily') return (wall) => Math.round((wall - first) / DAY) % interval === 0;
  if (frequency === 'weekly') {
    const on = days ?? [weekdayOf(first)];
    return (wall) =>
      on.includes(weekdayOf(wall)) &&
      Math.round((mondayOf(wall) - mondayOf(first)) / (7 * DAY)) % interval === 0;
  }
  // A month without that day has none (RFC 5545 §3.3.10).
  const day = new Date(first).getUTCDate();
  return (wall) =>
    new Date(wall).getUTCDate() === day && (monthOf(wall) - monthOf(first)) % interval === 0;
}

function weekdayOf(wall: WallTime): (typeof weekdays)[number] {
  return weekdays[mondayBased(wall)] ?? 'MO';
}

function mondayOf(wall: WallTime): WallTime {
  return wall - mondayBased(wall) * DAY;
}

function mondayBased(wall: WallTime): number {
  return (new Date(wall).getUTCDay() + 6) % 7;
}

function monthOf(wall: WallTime): number {
  const at = new Date(wall);
  return at.getUTCFullYear() * 12 + at.getUTCMonth();
}
