import type { Clock } from '../clock.ts';
import { roomOf } from './connection-state.ts';
import type { MeetingServer, MeetingSocket } from './connection-state.ts';
import type { RequestHandlers } from './request-handler.ts';

/** Least time between two hints of one connection that are passed on, in milliseconds (R47). */
const SPACING = 1_000;

/** Hints that somebody is writing: kept nowhere, and given up for whoever does not read fast enough. */
export function typingRequests(
  io: MeetingServer,
  clock: Clock,
): Pick<RequestHandlers, 'typing:announce'> {
  const announcedAt = new WeakMap<MeetingSocket, number>();
  return {
    'typing:announce'(socket, { to }) {
      const { meeting, participantId } = socket.data;
      const now = clock.now();
      if (now - (announcedAt.get(socket) ?? -Infinity) < SPACING) return {};
      announcedAt.set(socket, now);
      const hint = { from: participantId };
      if (to === undefined) socket.to(roomOf(meeting)).volatile.emit('typing:announced', hint);
      else {
        const connection = to === participantId ? undefined : meeting.connectionOf(to);
        if (connection !== undefined) io.to(connection).volatile.emit('typing:announced', hint);
      }
      return {};
    },
  };
}
