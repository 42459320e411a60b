import type { Clock } from '../clock.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { hostsOf } from './connection-state.ts';
import type { MeetingServer, MeetingSocket } from './connection-state.ts';

/** How much of the door a host is told in a second for long, in characters: whoever knocks leaves room on a host's line for voices. */
const PER_SECOND = 65_536;
/** Least time between two notices, in milliseconds: many who come at once are one. */
const SPACING = 100;

/**
 * Tells all hosts of a meeting who is kept out and who waits, and those who wait their places, once that is safe from the process's death (R41, R63, R71): a first
 * change at once, further ones together, the more of them the later.
 */
export class DoorTeller {
  private readonly io: MeetingServer;
  private readonly clock: Clock;
  /** Meetings whose hosts were told a moment ago; true when something has changed since. */
  private readonly resting = new Map<Meeting, boolean>();
  private readonly told = new WeakMap<Meeting, string>();

  constructor(io: MeetingServer, clock: Clock) {
    this.io = io;
    this.clock = clock;
  }

  /** To be called after every change. */
  changed(meeting: Meeting): void {
    if (this.resting.has(meeting)) this.resting.set(meeting, true);
    else this.tellWhenKept(meeting);
  }

  private tellWhenKept(meeting: Meeting): void {
    this.resting.set(meeting, false);
    const tell = () => {
      // What has changed by now is told with it.
      this.resting.set(meeting, false);
      const length = this.tell(meeting);
      const rest = Math.max(SPACING, (length / PER_SECOND) * 1_000);
      this.clock.after(rest, () => {
        const again = this.resting.get(meeting) === true;
        this.resting.delete(meeting);
        if (again) this.tellWhenKept(meeting);
      });
    };
    void meeting.kept().then(tell, tell);
  }

  /** Answers with how many characters that were. */
  private tell(meeting: Meeting): number {
    const { shown, denied, waiting } = meeting.door;
    for (const [connection, place] of waiting.moved())
      this.io.to(connection).emit('knock:placed', { place });
    const text = JSON.stringify([shown, denied]);
    if (text === this.told.get(meeting)) return 0;
    this.told.set(meeting, text);
    const hosts = this.io.to(hostsOf(meeting));
    hosts.emit('door:changed', shown);
    hosts.emit('door:denied', { denied });
    return text.length;
  }
}

/** Whoever sits down as a host hears what hosts hear, from how it is now on. */
export function seatHost(socket: MeetingSocket): void {
  const { meeting, participantId } = socket.data;
  if (!meeting.roles.isHost(participantId)) return;
  void socket.join(hostsOf(meeting));
  socket.emit('door:changed', meeting.door.shown);
  socket.emit('door:denied', { denied: meeting.door.denied });
}
