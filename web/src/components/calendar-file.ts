import { DAY, instantOf, occurrencesOf, offsetAt, wallTimeOf } from '@confab/protocol';
import type { Schedule } from '@confab/protocol';

export type CalendarEntry = { uid: string; title: string; text: string; link: string };

/**
 * A calendar file (iCalendar, RFC 5545) with one scheduled meeting, all its occurrences in one entry. It holds the link's secret, so it is made here.
 * `now` in milliseconds since 1970.
 */
export function calendarFile(schedule: Schedule, entry: CalendarEntry, now: number): string {
  const { start, duration, timeZone } = schedule;
  const lines = [
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Confab//Confab//EN', 'CALSCALE:GREGORIAN'],
    ...zoneLines(schedule),
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    `DTSTAMP:${compact(now)}Z`,
    `DTSTART;TZID=${timeZone}:${compact(wallTimeOf(start))}`,
    `DURATION:PT${duration}M`,
    ...ruleLines(schedule),
    `SUMMARY:${escaped(entry.title)}`,
    `DESCRIPTION:${escaped(`${entry.text}\n${entry.link}`)}`,
    `LOCATION:${escaped(entry.link)}`,
    `URL:${entry.link}`,
    ...['END:VEVENT', 'END:VCALENDAR'],
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function ruleLines({ recurrence, timeZone }: Schedule): string[] {
  if (recurrence === undefined) return [];
  const { frequency, interval = 1, days, until } = recurrence;
  // The last moment of the day, in UTC, as it has to be beside a start with a zone.
  const last = instantOf(wallTimeOf(until) + DAY - 1_000, timeZone);
  const on = days === undefined ? '' : `;BYDAY=${days.join(',')}`;
  const rule = `FREQ=${frequency.toUpperCase()};INTERVAL=${interval}${on};UNTIL=${compact(last)}Z`;
  return [`RRULE:${rule}`];
}

/** What the clocks of the zone do meanwhile, for calendars that do not know it by name. */
function zoneLines(schedule: Schedule): string[] {
  const { timeZone } = schedule;
  const all = occurrencesOf(schedule);
  const [from, to] = [(all[0]?.start ?? 0) - DAY, (all.at(-1)?.end ?? 0) + DAY];
  const changes = changesOf(timeZone, from, to);
  const first = offsetAt(timeZone, from);
  return [
    ...['BEGIN:VTIMEZONE', `TZID:${timeZone}`],
    ...observance('STANDARD', Date.UTC(1970, 0, 1), first, first),
    ...changes.flatMap(({ at, before, after }) =>
      observance(after > before ? 'DAYLIGHT' : 'STANDARD', at + before, before, after),
    ),
    'END:VTIMEZONE',
  ];
}

function observance(kind: string, wall: number, from: number, to: number): string[] {
  return [
    `BEGIN:${kind}`,
    `DTSTART:${compact(wall)}`,
    `TZOFFSETFROM:${offsetText(from)}`,
    `TZOFFSETTO:${offsetText(to)}`,
    `END:${kind}`,
  ];
}

type ClockChange = { at: number; before: number; after: number };

function changesOf(timeZone: string, from: number, to: number): ClockChange[] {
  const found: ClockChange[] = [];
  for (let day = from; day < to; day += DAY) {
    const [before, after] = [offsetAt(timeZone, day), offsetAt(timeZone, day + DAY)];
    if (before !== after)
      found.push({ at: changeBetween(timeZone, day, day + DAY), before, after });
  }
  return found;
}

/** To the second. */
function changeBetween(timeZone: string, from: number, to: number): number {
  let [early, late] = [Math.floor(from / 1_000), Math.ceil(to / 1_000)];
  const before = offsetAt(timeZone, from);
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (offsetAt(timeZone, middle * 1_000) === before) early = middle;
    else late = middle;
  }
  return late * 1_000;
}

/** `20261125T093000`. */
function compact(wall: number): string {
  return new Date(wall).toISOString().slice(0, 19).replace(/[-:]/g, '');
}

function offsetText(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60_000));
  const two = (count: number) => String(count).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r?\n/g, '\\n');
}

/** No line is longer than 75 bytes, and no character is cut in two. */
function folded(line: string): string {
  let length = 0;
  let text = '';
  for (const character of line) {
    const bytes = new TextEncoder().encode(character).length;
    if (length + bytes > 74) {
      text += '\r\n ';
      length = 1;
    }
    text += character;
    length += bytes;
  }
  return text;
}
