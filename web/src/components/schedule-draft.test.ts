import { isFitting, Schedule } from '@confab/protocol';
import { expect, it } from 'vitest';
import { draftOf, freshDraft, scheduleOf } from './schedule-draft.ts';
import type { Repeats } from './schedule-draft.ts';

const draft = {
  ...{ start: '2026-11-25T09:30', duration: 45, timeZone: 'Europe/Berlin' },
  until: '2027-02-25',
};
const now = Date.UTC(2026, 10, 20);

it.each<Repeats>(['daily', 'workdays', 'weekly', 'fortnightly', 'monthly'])(
  'R107 a form that says %s makes a schedule that fits, and is filled in from it',
  (repeats) => {
    const schedule = scheduleOf({ ...draft, repeats });
    expect(Schedule.parse(schedule)).toEqual(schedule);
    expect(isFitting(schedule, now)).toBe(true);
    expect(draftOf(schedule)).toEqual({ ...draft, repeats });
  },
);

it.each([
  ['2026-11-28T09:30', '2026-11-30T09:30'],
  ['2026-11-29T09:30', '2026-11-30T09:30'],
  ['2026-11-27T09:30', '2026-11-27T09:30'],
])('R107 what is from Monday to Friday, from %s on, begins on %s', (start, first) => {
  const schedule = scheduleOf({ ...draft, start, repeats: 'workdays' });
  expect(schedule.start).toBe(first);
  expect(isFitting(schedule, now)).toBe(true);
  expect(scheduleOf({ ...draft, start, repeats: 'weekly' }).start).toBe(start);
});

it('R107 what takes place once has no recurrence', () => {
  const schedule = scheduleOf({ ...draft, repeats: 'never' });
  expect(schedule).toEqual({ start: draft.start, duration: 45, timeZone: 'Europe/Berlin' });
  expect(draftOf(schedule)).toMatchObject({ repeats: 'never', until: '2026-11-25' });
});

it('a fresh form fits as it is', () => {
  const at = new Date(2026, 10, 25, 23, 40);
  const fresh = freshDraft(at, 'UTC');
  expect(fresh).toMatchObject({ start: '2026-11-26T01:00', until: '2027-02-26', repeats: 'never' });
  expect(isFitting(scheduleOf({ ...fresh, repeats: 'weekly' }), at.getTime() - 86_400_000)).toBe(
    true,
  );
});

it.each<NonNullable<Schedule['recurrence']>>([
  { frequency: 'weekly', days: ['WE', 'FR'], until: '2027-03-31' },
  { frequency: 'weekly', days: ['MO', 'TU', 'WE', 'TH', 'FR'], interval: 2, until: '2027-03-31' },
  { frequency: 'weekly', interval: 3, until: '2027-03-31' },
  { frequency: 'monthly', interval: 2, until: '2027-03-31' },
])('R107 what the form does not offer stays as it was set: %j', (recurrence) => {
  const { start, timeZone } = draft;
  const schedule = { start, duration: 60, timeZone, recurrence };
  const shown = draftOf(schedule);
  expect(shown.repeats).toBe('kept');
  expect(scheduleOf({ ...shown, duration: 45 })).toEqual({ ...schedule, duration: 45 });
  expect(scheduleOf({ ...shown, repeats: 'daily' }).recurrence).toEqual({
    ...{ frequency: 'daily', until: '2027-03-31' },
  });
  expect(scheduleOf({ ...shown, repeats: 'never' }).recurrence).toBeUndefined();
});
