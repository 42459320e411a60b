import type { Clock } from '../clock.ts';
import type { MeetingEvent, WithoutMeeting } from './meeting-event.ts';
import type { MeetingRecord } from './records.ts';

type OccupancyRecord = Pick<MeetingRecord, 'emptySince' | 'busySince'>;

/** Since when somebody, or nobody, is in one meeting, and what other programs hear of that. Times are milliseconds since 1970. */
export class Occupancy {
  /** When nobody was there any more; null while seats are held. */
  emptySince: number | null;
  /** Since when somebody is there; null while seats are not held. */
  busySince: number | null = null;
  private readonly wasBusySince: number | null;
  private readonly clock: Clock;
  private readonly tell: (event: WithoutMeeting<MeetingEvent>) => void;

  constructor(
    { emptySince, busySince }: OccupancyRecord,
    clock: Clock,
    tell: (event: WithoutMeeting<MeetingEvent>) => void,
  ) {
    this.emptySince = emptySince;
    this.wasBusySince = busySince;
    this.clock = clock;
    this.tell = tell;
  }

  get record(): OccupancyRecord {
    const { emptySince, busySince } = this;
    return { emptySince, busySince };
  }

  /** A seat was taken up as a server that is no more has kept it: other programs know of it. */
  restored(): void {
    this.emptySince = null;
    this.busySince ??= this.wasBusySince ?? this.clock.now();
  }

  joined(participantId: string): void {
    if (this.emptySince !== null) this.tell({ type: 'meeting.started' });
    this.emptySince = null;
    this.busySince ??= this.clock.now();
    this.tell({ type: 'participant.joined', participantId });
  }

  left(participantId: string): void {
    this.tell({ type: 'participant.left', participantId });
  }

  /** The last seat was given up. */
  emptied(): void {
    this.tell({ type: 'meeting.ended' });
    this.emptySince = this.clock.now();
    this.busySince = null;
  }
}
