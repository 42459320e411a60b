import type { Meeting } from '../meetings/meeting.ts';
import { hostsOf } from './connection-state.ts';
import type { MeetingServer, MeetingSocket } from './connection-state.ts';

/** Tells all hosts of a meeting who is kept out, once that is safe from the process's death (R41, R63). */
export function tellDoor(io: MeetingServer): (meeting: Meeting) => void {
  return (meeting) => {
    const tell = () => void io.to(hostsOf(meeting)).emit('door:changed', meeting.door.shown);
    void meeting.kept().then(tell, tell);
  };
}

/** Whoever sits down as a host hears what hosts hear, from how it is now on. */
export function seatHost(socket: MeetingSocket): void {
  const { meeting, participantId } = socket.data;
  if (!meeting.roles.isHost(participantId)) return;
  void socket.join(hostsOf(meeting));
  socket.emit('door:changed', meeting.door.shown);
}
