import type { Clock } from '../clock.ts';
import type { Meeting } from './meeting.ts';
import type { MeetingEvent } from './meeting-event.ts';
import type { MeetingStore } from './meeting-store.ts';
import type { MeetingRecord } from './records.ts';

/** What is fixed when a meeting is made. `madeFrom` names the network it was made from. */
export type MeetingTerms = Pick<MeetingRecord, 'capacity' | 'madeFrom'>;

/** What a meeting needs. `onChange` is called after every change that the snapshot shows, `onDoor` after one that hosts are shown; versions begin behind `versionsFrom`. */
export type MeetingParts = {
  clock: Clock;
  store: MeetingStore;
  onChange: (meeting: Meeting) => void;
  onDoor: (meeting: Meeting) => void;
  /** Hears of what other programs may want to know. */
  onEvent: (event: MeetingEvent) => void;
  versionsFrom?: number;
};
