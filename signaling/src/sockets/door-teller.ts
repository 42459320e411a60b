import type { Meeting } from '../meetings/meeting.ts';
import { hostsOf } from './connection-state.ts';
import type { MeetingServer, MeetingSocket } from './connection-state.ts';

/** Tells all hosts of a meeting who is kept out and who waits, and those who wait their places, once that is safe from the process's death (R41, R63, R71). */
export function tellDoor(io: MeetingServer): (meeting: Meeting) => void {
  return (meeting) => {
    const tell = () => {
      const hosts = io.to(hostsOf(meeting));
      hosts.emit('door:changed', meeting.door.shown);
      hosts.emit('door:denied', { denied: meeting.door.denied });
      for (const [connection, place] of meeting.door.waiting.moved())
        io.to(connection).emit('knock:placed', { place });
    };
    void meeting.kept().then(tell, tell);
  };
}

/** Whoever sits down as a host hears what hosts hear, from how it is now on. */
export function seatHost(socket: MeetingSocket): void {
  const { meeting, participantId } = socket.data;
  if (!meeting.roles.isHost(participantId)) return;
  void socket.join(hostsOf(meeting));
  socket.emit('door:changed', meeting.door.shown);
  socket.emit('door:denied', { denied: meeting.door.denied });
}
