/** What clocks on the wall show, as milliseconds since 1970 as if the wall hung in UTC. */
export type WallTime = number;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether this is the name of a time zone that this machine knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    formatIn(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** How far the clocks in `timeZone` are ahead of UTC at an instant; both in milliseconds. */
export function offsetAt(timeZone: string, instant: number): number {
  const parts = formatIn(timeZone).formatToParts(instant);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const day = [part('year'), part('month') - 1, part('day')] as const;
  const shown = Date.UTC(...day, part('hour'), part('minute'), part('second'));
  return shown - Math.floor(instant / 1000) * 1000;
}

/**
 * When the clocks in `timeZone` show `wall`, in milliseconds since 1970: the first time where they show it twice, and where they leap over it, as
 * long after the leap as it was to come (as RFC 5545 §3.3.5 says). Throws a RangeError for an unknown time zone.
 */
export function instantOf(wall: WallTime, timeZone: string): number {
  const [before, after] = [offsetAt(timeZone, wall - DAY), offsetAt(timeZone, wall + DAY)];
  const fitting = [wall - before, wall - after].filter(
    (instant) => instant + offsetAt(timeZone, instant) === wall,
  );
  return fitting.length === 0 ? wall - before : Math.min(...fitting);
}

/** Reads `2026-11-25T09:30`, with or without seconds or time; NaN for a day that no calendar has. */
export function wallTimeOf(text: string): WallTime {
  const wall = Date.parse(`${text.includes('T') ? text : `${text}T00:00`}Z`);
  // Some engines take the 31st of every month for a day of the next.
  return Number.isNaN(wall) || !new Date(wall).toISOString().startsWith(text.slice(0, 10))
    ? NaN
    : wall;
}

/** A day, in milliseconds. */
export const DAY = 86_400_000;

/** Making one takes a millisecond, and one recurrence asks hundreds of times. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  formats.set(timeZone, format);
  return format;
}
