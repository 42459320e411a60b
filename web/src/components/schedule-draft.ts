import type { Recurrence, Schedule } from '@confab/protocol';

/** How often a meeting comes back, of what the form offers; `kept`: in a way of its own that was set otherwise. */
export type Repeats =
  'never' | 'daily' | 'workdays' | 'weekly' | 'fortnightly' | 'monthly' | 'kept';

/** A schedule as a form holds it: times as its fields write them. */
export type ScheduleDraft = {
  start: string;
  duration: number;
  timeZone: string;
  repeats: Repeats;
  until: string;
  /** What `kept` stands for; absent where the form offers what is set. */
  kept?: Omit<Recurrence, 'until'>;
};

const WORKDAYS: NonNullable<Recurrence['days']> = ['MO', 'TU', 'WE', 'TH', 'FR'];

const recurrences: Record<Exclude<Repeats, 'never' | 'kept'>, Omit<Recurrence, 'until'>> = {
  daily: { frequency: 'daily' },
  workdays: { frequency: 'weekly', days: WORKDAYS },
  weekly: { frequency: 'weekly' },
  fortnightly: { frequency: 'weekly', interval: 2 },
  monthly: { frequency: 'monthly' },
};

/** What a form begins with: the next full hour but one, by one's own clock. */
export function freshDraft(now: Date, timeZone: string): ScheduleDraft {
  const start = new Date(now);
  start.setHours(start.getHours() + 2, 0, 0, 0);
  const until = new Date(start);
  until.setMonth(until.getMonth() + 3);
  return {
    start: localTime(start),
    duration: 60,
    timeZone,
    repeats: 'never',
    until: localTime(until).slice(0, 10),
  };
}

/** What a form shows of a schedule. */
export function draftOf({ start, duration, timeZone, recurrence }: Schedule): ScheduleDraft {
  const { until = start.slice(0, 10), ...kept } = recurrence ?? {};
  const repeats = repeatsOf(recurrence);
  const draft = { start: start.slice(0, 16), duration, timeZone, repeats, until };
  return repeats === 'kept' ? { ...draft, kept: kept as Omit<Recurrence, 'until'> } : draft;
}

/** What a form asks for. From Monday to Friday begins on a Monday where the form says a weekend. */
export function scheduleOf({ repeats, until, kept, ...draft }: ScheduleDraft): Schedule {
  if (repeats === 'kept' && kept) return { ...draft, recurrence: { ...kept, until } };
  if (repeats === 'never' || repeats === 'kept') return draft;
  const start = repeats === 'workdays' ? onWorkday(draft.start) : draft.start;
  return { ...draft, start, recurrence: { ...recurrences[repeats], until } };
}

/** `2026-11-25T09:30` in the browser's own zone, as a field for it writes it. */
export function localTime(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

function onWorkday(start: string): string {
  const day = new Date(`${start.slice(0, 10)}T00:00Z`);
  const [SUNDAY, SATURDAY] = [0, 6];
  if (day.getUTCDay() !== SUNDAY && day.getUTCDay() !== SATURDAY) return start;
  day.setUTCDate(day.getUTCDate() + (day.getUTCDay() === SUNDAY ? 1 : 2));
  return day.toISOString().slice(0, 10) + start.slice(10);
}

function repeatsOf(recurrence: Recurrence | undefined): Repeats {
  if (recurrence === undefined) return 'never';
  const { frequency, interval = 1, days } = recurrence;
  if (frequency === 'weekly' && interval === 1 && days?.join() === WORKDAYS.join())
    return 'workdays';
  if (frequency === 'weekly' && (days?.length ?? 1) === 1)
    return interval === 1 ? 'weekly' : interval === 2 ? 'fortnightly' : 'kept';
  return interval === 1 && frequency !== 'weekly' ? frequency : 'kept';
}
