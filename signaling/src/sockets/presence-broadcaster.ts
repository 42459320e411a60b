import type { Clock } from '../clock.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { roomOf } from './connection-state.ts';
import type { MeetingServer } from './connection-state.ts';

/** Least time between two snapshots to one meeting, in milliseconds (R7). */
const SPACING = 100;

/**
 * Announces each meeting's state to everybody in it: a first change at once, further ones together, at most ten times a second. Before it, who
 * is not in it any more because a host has removed them (R61).
 */
export class PresenceBroadcaster {
  private readonly io: MeetingServer;
  private readonly clock: Clock;
  /** Meetings told about less than {@link SPACING} ago; true when something has changed since. */
  private readonly resting = new Map<Meeting, boolean>();

  constructor(io: MeetingServer, clock: Clock) {
    this.io = io;
    this.clock = clock;
  }

  /** To be called after every change. */
  changed(meeting: Meeting): void {
    if (this.resting.has(meeting)) this.resting.set(meeting, true);
    else this.announce(meeting);
  }

  private announce(meeting: Meeting): void {
    const snapshot = meeting.snapshot();
    const removed = meeting.door.takeRemoved();
    const tell = () => {
      const everybody = this.io.to(roomOf(meeting));
      for (const participant of removed) everybody.emit('participant:removed', { participant });
      everybody.emit('meeting:changed', snapshot);
    };
    // R41: nobody is told of what a sudden end would undo. While nothing can be kept, people still see who is there.
    void meeting.kept().then(tell, tell);
    this.resting.set(meeting, false);
    this.clock.after(SPACING, () => {
      const again = this.resting.get(meeting) === true;
      this.resting.delete(meeting);
      if (again) this.announce(meeting);
    });
  }
}
