import { DAY, occurrencesOf } from '@confab/protocol';
import { expect, it } from 'vitest';
import { calendarFile } from './calendar-file.ts';
import { scheduleOf, type Repeats } from './schedule-draft.ts';

const entry = {
  uid: 'id@meet.example',
  title: 'Video meeting',
  text: 'Join, please; now',
  link: `https://meet.example/m/ICEiIyQlJicoKSorLC0uLw#${'a'.repeat(43)}`,
};
const now = Date.UTC(2026, 9, 1, 8);
const weekly = {
  ...{ start: '2026-10-20T09:30', duration: 45, timeZone: 'Europe/Berlin' },
  recurrence: { frequency: 'weekly', days: ['TU', 'TH'], until: '2026-11-10' },
} as const;

/** As a calendar program reads it: with its long lines put together again. */
const read = (file: string) => file.replaceAll('\r\n ', '').split('\r\n');

it('R107 tells a calendar program when the meeting takes place, by the clocks of its zone', () => {
  const lines = read(
    calendarFile(
      { ...weekly, recurrence: { ...weekly.recurrence, days: [...weekly.recurrence.days] } },
      entry,
      now,
    ),
  );
  expect(lines).toContain('DTSTAMP:20261001T080000Z');
  expect(lines).toContain('DTSTART;TZID=Europe/Berlin:20261020T093000');
  expect(lines).toContain('DURATION:PT45M');
  // The end of the last day there, in UTC.
  expect(lines).toContain('RRULE:FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,TH;UNTIL=20261110T225959Z');
  expect(lines).toContain(`URL:${entry.link}`);
  expect(lines).toContain(`DESCRIPTION:Join\\, please\\; now\\n${entry.link}`);
});

it('says what the clocks do meanwhile, for programs that do not know the zone', () => {
  const file = calendarFile(
    { ...weekly, recurrence: { ...weekly.recurrence, days: [...weekly.recurrence.days] } },
    entry,
    now,
  );
  const zone = file.slice(file.indexOf('BEGIN:VTIMEZONE'), file.indexOf('END:VTIMEZONE'));
  expect(read(zone).slice(2, -1)).toEqual([
    ...['BEGIN:STANDARD', 'DTSTART:19700101T000000'],
    ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0200', 'END:STANDARD'],
    ...['BEGIN:STANDARD', 'DTSTART:20261025T030000'],
    ...['TZOFFSETFROM:+0200', 'TZOFFSETTO:+0100', 'END:STANDARD'],
  ]);
});

it('once is once, and west of Greenwich is west', () => {
  const once = { start: '2026-10-20T21:00', duration: 30, timeZone: 'America/St_Johns' };
  const lines = read(calendarFile(once, entry, now));
  expect(lines.filter((line) => line.startsWith('RRULE'))).toEqual([]);
  expect(lines).toContain('TZOFFSETTO:-0230');
});

it('has no line of more than 75 bytes, and cuts no character in two', () => {
  const file = calendarFile(
    { ...weekly, recurrence: undefined },
    { ...entry, title: 'Grüße 👩‍🚀'.repeat(20) },
    now,
  );
  for (const line of file.split('\r\n'))
    expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(read(file)).toContain(`SUMMARY:${'Grüße 👩‍🚀'.repeat(20)}`);
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
});

it.each<[Repeats, string]>([
  ['daily', 'Europe/Berlin'],
  ['workdays', 'America/St_Johns'],
  ['weekly', 'Australia/Lord_Howe'],
  ['fortnightly', 'America/New_York'],
  ['monthly', 'Europe/Dublin'],
  ['never', 'Asia/Kathmandu'],
])(
  'R107 whoever reads the file meets %s by the clocks of %s when guests get in',
  (repeats, timeZone) => {
    const times = { start: '2026-10-20T09:30', duration: 45, timeZone, until: '2027-04-20' };
    const schedule = scheduleOf({ ...times, repeats });
    const file = calendarFile(schedule, entry, now);
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(momentsIn(read(file))).toEqual(occurrencesOf(schedule).map(({ start }) => start));
  },
);

/** When a calendar program that knows neither Confab nor the zone would put the meeting. */
function momentsIn(lines: string[]): number[] {
  const first = wallIn(lines.find((line) => line.startsWith('DTSTART;')) ?? '');
  const written = lines.find((line) => line.startsWith('RRULE:'))?.slice('RRULE:'.length);
  const rule = new Map(written?.split(';').map((part) => part.split('=') as [string, string]));
  const interval = Number(rule.get('INTERVAL') ?? 1);
  const days = (rule.get('BYDAY') ?? weekday(first)).split(',');
  const isDue: Record<string, (wall: number) => boolean> = {
    DAILY: (wall) => ((wall - first) / DAY) % interval === 0,
    WEEKLY: (wall) =>
      days.includes(weekday(wall)) && ((monday(wall) - monday(first)) / (7 * DAY)) % interval === 0,
    MONTHLY: (wall) => new Date(wall).getUTCDate() === new Date(first).getUTCDate(),
  };
  const last = written === undefined ? first : wallIn(rule.get('UNTIL') ?? '');
  const found = [];
  for (let wall = first; wall <= last; wall += DAY)
    if (isDue[rule.get('FREQ') ?? 'DAILY']?.(wall)) found.push(wall - offsetIn(lines, wall));
  return found;
}

/** What the file says that the clocks of its zone are ahead of UTC by, in milliseconds. */
function offsetIn(lines: string[], wall: number): number {
  const onsets = lines.flatMap((line, at) => (line.startsWith('DTSTART:') ? [at] : []));
  const latest = onsets.filter((at) => wallIn(lines[at] ?? '') <= wall).at(-1) ?? 0;
  const [, sign, hours, minutes] = /TZOFFSETTO:(.)(..)(..)/.exec(lines[latest + 2] ?? '') ?? [];
  return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function wallIn(text: string): number {
  return Date.parse(text.replace(/.*?(\d{4})(..)(..)T(..)(..)(..)Z?$/, '$1-$2-$3T$4:$5:$6Z'));
}

const weekday = (wall: number) =>
  ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][new Date(wall).getUTCDay()] ?? '';
const monday = (wall: number) => wall - ((new Date(wall).getUTCDay() + 6) % 7) * DAY;
