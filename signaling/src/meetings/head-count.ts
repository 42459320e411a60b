import type { MeetingReport } from '@confab/protocol';
import type { Meeting } from './meeting.ts';

/** How many people are in what state, and how their links go (R82, R114). */
export type HeadCount = Pick<MeetingReport, 'people' | 'links'>;

export function headCount(meeting: Meeting): HeadCount {
  const people = { present: 0, away: 0, reconnecting: 0 };
  for (const { presence } of meeting.snapshot().participants) people[presence]++;
  return { people, links: meeting.people.links };
}

export function sumOf(counts: HeadCount[]): HeadCount {
  const people = { present: 0, away: 0, reconnecting: 0 };
  const links = { direct: 0, relayed: 0 };
  for (const one of counts) {
    people.present += one.people.present;
    people.away += one.people.away;
    people.reconnecting += one.people.reconnecting;
    links.direct += one.links.direct;
    links.relayed += one.links.relayed;
  }
  return { people, links };
}
