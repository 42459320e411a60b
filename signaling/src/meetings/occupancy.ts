import type { Clock } from '../clock.ts';
import type { MeetingEvent, WithoutMeeting } from './meeting-event.ts';
import type { MeetingRecord } from './records.ts';

type OccupancyRecord = Pick<MeetingRecord, 'emptySince' | 'wasLeft' | 'busySince'>;

/** Since when somebody, or nobody, is in one meeting, and what other programs hear of that. Times are milliseconds since 1970. */
export class Occupancy {
  /** When nobody was there any more; null while seats are held. */
  emptySince: number | null;
  /** Since when somebody is there; null while seats are not held. */
  busySince: number | null = null;
  /** Whether the last one was not lost, but left or was removed. */
  private wasLeft: boolean;
  private readonly wasBusySince: number | null;
  private readonly clock: Clock;
  private readonly tell: (event: WithoutMeeting<MeetingEvent>) => void;

  constructor(
    { emptySince, wasLeft, busySince }: OccupancyRecord,
    clock: Clock,
    tell: (event: WithoutMeeting<MeetingEvent>) => void,
  ) {
    this.emptySince = emptySince;
    this.wasLeft = wasLeft;
    this.wasBusySince = busySince;
    this.clock = clock;
    this.tell = tell;
  }

  get record(): OccupancyRecord {
    const { emptySince, wasLeft, busySince } = this;
    return { emptySince, wasLeft, busySince };
  }

  /** When the last one left; null while somebody is there, or where the last one was lost and may come back. */
  get leftAt(): number | null {
    return this.wasLeft ? this.emptySince : null;
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

  /** The last seat was given up; `wasLeft`: by whoever had it, or by a host. */
  emptied(wasLeft: boolean): void {
    this.tell({ type: 'meeting.ended' });
    this.emptySince = this.clock.now();
    this.wasLeft = wasLeft;
    this.busySince = null;
  }
}
