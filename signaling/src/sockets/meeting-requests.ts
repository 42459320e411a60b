import { Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { IceAnswer } from '../ice-servers.ts';
import type { Log } from '../log.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { Metrics } from '../metrics.ts';
import type { TokenMaker } from '../tokens/token-maker.ts';
import { hostsOf, roomOf, waitersOf } from './connection-state.ts';
import type { MeetingSocket } from './connection-state.ts';
import { seatHost } from './door-teller.ts';
import type { RequestHandlers } from './request-handler.ts';

export type MeetingRequestParts = {
  /** The connection of that name, whichever node it leads to. */
  connectionNamed: (name: string) => MeetingSocket | undefined;
  tokens: TokenMaker;
  iceServers: (participantId: string) => IceAnswer;
  clock: Clock;
  log: Log;
  metrics: Metrics;
};

/** Taking a seat and giving it up. */
export function meetingRequests(
  parts: MeetingRequestParts,
): Pick<RequestHandlers, 'meeting:join' | 'meeting:leave'> {
  const { connectionNamed, tokens, iceServers, clock, log, metrics } = parts;
  return {
    async 'meeting:join'(socket, arriving) {
      const state = socket.data;
      const { meeting, participantId, ticket } = state;
      const { token, tokenLifetime, expiresAt } = await tokens.participant(meeting.id, ticket);
      // A connection that was lost meanwhile must not take the seat: nobody would ever lose it again.
      if (!socket.connected) throw new Refusal('wrong-state');
      const joined = meeting.join(ticket, socket.id, arriving);
      const { resume, replaced, snapshot } = joined;
      const older = replaced === null ? undefined : connectionNamed(replaced);
      if (older !== undefined) older.data.joined = false;
      await keptOrUndone(meeting, joined.undo, older);
      takeSeatFrom(older);
      // Lost, left or taken by a newer connection while it was being kept.
      if (meeting.connectionOf(participantId) !== socket.id) throw new Refusal('wrong-state');
      state.joined = true;
      state.waits = false;
      state.expiresAt = expiresAt;
      void socket.leave(waitersOf(meeting));
      void socket.join(roomOf(meeting));
      meeting.tellSince(snapshot);
      metrics.joins.inc();
      seatHost(socket);
      const { role } = ticket;
      log.info('participant joined', { meetingId: meeting.id, participantId, role });
      return {
        participantId,
        snapshot,
        ...iceServers(participantId),
        token,
        tokenLifetime,
        resume,
      };
    },
    async 'meeting:leave'(socket) {
      const { meeting, participantId } = socket.data;
      socket.data.joined = false;
      socket.data.waits = false;
      socket.data.unseatedSince = clock.elapsed();
      for (const room of [roomOf, hostsOf, waitersOf]) void socket.leave(room(meeting));
      meeting.leave(participantId, socket.id);
      await meeting.kept();
      log.info('participant left', { meetingId: meeting.id, participantId });
      return {};
    },
  };
}

/** R41: what cannot be kept is not acknowledged, and an older connection has to come back to its seat. */
async function keptOrUndone(meeting: Meeting, undo: () => void, older?: MeetingSocket) {
  try {
    await meeting.kept();
  } catch (fault) {
    undo();
    older?.conn.close();
    throw fault;
  }
}

/** R8: the newest connection has the seat; the older one is told, and its client stays away. */
function takeSeatFrom(socket: MeetingSocket | undefined): void {
  if (socket === undefined) return;
  socket.emit('seat:taken', {});
  socket.disconnect(true);
}
