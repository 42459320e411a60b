import { describe, expect, test } from 'vitest';
import { isFitting, occurrencesOf, Schedule } from '../src/index.ts';

const NOON = { start: '2026-03-20T12:00', duration: 60, timeZone: 'Europe/Berlin' };

/** When each begins, as UTC says it. */
const startsOf = (schedule: Schedule) =>
  occurrencesOf(schedule).map(({ start }) => new Date(start).toISOString().slice(0, 16));

describe('R107 a scheduled meeting', () => {
  test('that takes place once begins when the clocks of its zone say so', () => {
    expect(startsOf(NOON)).toEqual(['2026-03-20T11:00']);
    expect(startsOf({ ...NOON, timeZone: 'Asia/Kathmandu' })).toEqual(['2026-03-20T06:15']);
    expect(startsOf({ ...NOON, start: '2026-03-20T12:00:07' })).toEqual(['2026-03-20T11:00']);
    const [only] = occurrencesOf(NOON);
    expect((only?.end ?? 0) - (only?.start ?? 0)).toBe(3_600_000);
  });

  test('that comes back keeps its time by the clocks when they change', () => {
    const weekly = { frequency: 'weekly', until: '2026-04-03' } as const;
    expect(startsOf({ ...NOON, recurrence: weekly })).toEqual([
      '2026-03-20T11:00',
      '2026-03-27T11:00',
      '2026-04-03T10:00',
    ]);
    // The south of the world goes the other way, at another time.
    const south = {
      ...NOON,
      timeZone: 'Australia/Sydney',
      recurrence: { ...weekly, until: '2026-04-10' },
    };
    expect(startsOf(south).slice(-2)).toEqual(['2026-04-03T01:00', '2026-04-10T02:00']);
  });

  test('takes place once in a night in which its hour comes twice, and later in one in which it is left out', () => {
    const nightly = (start: string, until: string) =>
      startsOf({ ...NOON, start, recurrence: { frequency: 'daily', until } });
    expect(nightly('2026-10-24T02:30', '2026-10-26')).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
    expect(nightly('2026-03-28T02:30', '2026-03-30')).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ]);
    // Where the clocks leap by half an hour only, at midnight or over a whole day.
    expect(
      startsOf({ ...NOON, start: '2026-10-04T02:15', timeZone: 'Australia/Lord_Howe' }),
    ).toEqual(['2026-10-03T15:45']);
    expect(startsOf({ ...NOON, start: '2011-12-30T12:00', timeZone: 'Pacific/Apia' })).toEqual([
      '2011-12-30T22:00',
    ]);
  });

  test('may come on several days of a week, every other week, every few days, and every month that has the day', () => {
    const on = (recurrence: Schedule['recurrence']) =>
      startsOf({ ...NOON, start: '2026-01-29T12:00', recurrence }).map((text) => text.slice(5, 10));
    expect(
      on({ frequency: 'weekly', days: ['MO', 'TH'], interval: 2, until: '2026-03-01' }),
    ).toEqual(['01-29', '02-09', '02-12', '02-23', '02-26']);
    expect(on({ frequency: 'daily', interval: 10, until: '2026-02-18' })).toEqual([
      '01-29',
      '02-08',
      '02-18',
    ]);
    expect(on({ frequency: 'monthly', until: '2026-05-31' })).toEqual([
      '01-29',
      '03-29',
      '04-29',
      '05-29',
    ]);
    expect(on({ frequency: 'monthly', interval: 2, until: '2026-05-31' })).toEqual([
      '01-29',
      '03-29',
      '05-29',
    ]);
  });
});

describe('R107 a schedule is refused', () => {
  const now = Date.parse('2026-03-01T00:00Z');
  const with_ = (more: object) => isFitting({ ...NOON, ...more }, now);
  const recurrence = { frequency: 'weekly', until: '2026-05-01' } as const;

  test('where it makes no sense', () => {
    expect(with_({})).toBe(true);
    expect(with_({ recurrence })).toBe(true);
    expect(with_({ timeZone: 'Europe/Atlantis' })).toBe(false);
    expect(with_({ start: '2026-02-30T12:00' })).toBe(false);
    expect(with_({ recurrence: { ...recurrence, until: '2026-04-31' } })).toBe(false);
    expect(with_({ recurrence: { ...recurrence, until: '2026-03-19' } })).toBe(false);
    expect(with_({ recurrence: { ...recurrence, days: ['MO'] } })).toBe(false);
    expect(with_({ recurrence: { ...recurrence, days: ['FR', 'MO'] } })).toBe(true);
    expect(with_({ recurrence: { ...recurrence, frequency: 'daily', days: ['FR'] } })).toBe(false);
  });

  test('where it is over, or reaches further ahead than a year', () => {
    expect(with_({ start: '2026-02-28T12:00' })).toBe(false);
    expect(with_({ start: '2026-03-01T00:30' })).toBe(true);
    expect(with_({ start: '2026-02-27T12:00', recurrence })).toBe(true);
    expect(with_({ start: '2027-03-01T12:00' })).toBe(true);
    expect(with_({ start: '2027-03-03T12:00' })).toBe(false);
    expect(with_({ start: '9999-12-31T12:00' })).toBe(false);
    expect(with_({ start: '0001-01-01T12:00', recurrence })).toBe(false);
    expect(with_({ recurrence: { ...recurrence, until: '9999-12-31' } })).toBe(false);
  });

  test('where it is not written as this protocol writes it', () => {
    const fits = (more: object) => Schedule.safeParse({ ...NOON, ...more }).success;
    expect(fits({})).toBe(true);
    for (const wrong of [
      { start: '2026-3-20T12:00' },
      { start: '2026-03-20T24:00' },
      { start: '2026-03-20' },
      { start: '2026-03-20T12:00Z' },
      { duration: 0 },
      { duration: 1_441 },
      { duration: 1.5 },
      { timeZone: '' },
      { colour: 'red' },
      { recurrence: { frequency: 'yearly', until: '2026-05-01' } },
      { recurrence: { frequency: 'weekly' } },
      { recurrence: { ...recurrence, interval: 0 } },
      { recurrence: { ...recurrence, days: [] } },
    ])
      expect(fits(wrong), JSON.stringify(wrong)).toBe(false);
  });
});
