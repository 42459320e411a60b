import type { Log } from '../log.ts';
import type { MeetingSocket } from './connection-state.ts';
import type { RequestHandlers } from './request-handler.ts';

export type RemovalRequestParts = {
  /** The connection of that name, whichever node it leads to. */
  connectionNamed: (name: string) => MeetingSocket | undefined;
  log: Log;
};

/** Taking somebody's seat away, and letting them come again (R61, R63). */
export function removalRequests({
  connectionNamed,
  log,
}: RemovalRequestParts): Pick<RequestHandlers, 'participant:remove' | 'participant:readmit'> {
  return {
    async 'participant:remove'({ data: { meeting, ticket } }, { participant }) {
      const { connection, as } = meeting.door.remove(participant, ticket);
      const removed = connection === null ? undefined : connectionNamed(connection);
      if (removed !== undefined) Object.assign(removed.data, { joined: false, waits: false });
      try {
        await meeting.kept();
      } finally {
        // It is in force even where it cannot be kept; only then nobody promises that it will stay.
        if (as === 'seated') removed?.emit('seat:removed', {});
        else removed?.emit('knock:answered', { admitted: false });
        removed?.disconnect(true);
      }
      const { participantId: by } = ticket;
      log.info('participant removed', { meetingId: meeting.id, participantId: participant, by });
      return {};
    },
    async 'participant:readmit'({ data: { meeting } }, { participant }) {
      meeting.door.readmit(participant);
      await meeting.kept();
      return {};
    },
  };
}
