import type { Log } from '../log.ts';
import { roomOf } from './connection-state.ts';
import type { MeetingServer } from './connection-state.ts';
import type { RequestHandlers } from './request-handler.ts';

type FloorRequests = Pick<
  RequestHandlers,
  'participant:mute' | 'speech:set' | 'speech:ask' | 'share:stop'
>;

/** Who is heard and whose screen is seen: decided for all, and their page is told (R66, R67, R68). */
export function floorRequests({ io, log }: { io: MeetingServer; log: Log }): FloorRequests {
  return {
    async 'participant:mute'(socket, { participant }) {
      const { meeting, participantId: by } = socket.data;
      if (participant === undefined) {
        meeting.floor.muteOthers(by);
        socket.to(roomOf(meeting)).emit('seat:muted', { by });
      } else {
        meeting.floor.mute(participant, by);
        const connection = meeting.connectionOf(participant);
        if (connection !== undefined) io.to(connection).emit('seat:muted', { by });
      }
      await meeting.kept();
      return {};
    },
    async 'speech:set'({ data: { meeting, ticket } }, { participant, allowed }) {
      meeting.floor.set(participant, allowed, ticket);
      await meeting.kept();
      const { participantId: by } = ticket;
      const reason = allowed ? 'allowed' : 'forbidden';
      log.info('speech set', { meetingId: meeting.id, participantId: participant, reason, by });
      return {};
    },
    async 'speech:ask'({ data: { meeting, participantId } }, { asks }) {
      meeting.floor.ask(participantId, asks);
      await meeting.kept();
      return {};
    },
    async 'share:stop'({ data: { meeting, participantId: by } }, { participant }) {
      meeting.floor.stopShare(participant);
      const connection = meeting.connectionOf(participant);
      if (connection !== undefined) io.to(connection).emit('seat:unshared', { by });
      await meeting.kept();
      return {};
    },
  };
}
