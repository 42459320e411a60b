import type { Log } from '../log.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { hostsOf } from './connection-state.ts';
import type { MeetingSocket } from './connection-state.ts';
import { seatHost } from './door-teller.ts';
import type { RequestHandlers } from './request-handler.ts';

export type RoleRequestParts = {
  /** The connection of that name, whichever node it leads to. */
  connectionNamed: (name: string) => MeetingSocket | undefined;
  log: Log;
};

/** Making hosts and unmaking them (R64), and taking the role that is offered (R65). */
export function roleRequests({
  connectionNamed,
  log,
}: RoleRequestParts): Pick<RequestHandlers, 'role:set' | 'role:claim'> {
  return {
    async 'role:set'({ data: { meeting, ticket } }, { participant, role }) {
      meeting.roles.set(participant, role, ticket);
      if (role === 'participant') meeting.door.invitations.revokeHostsOf(participant);
      hearAsHost(meeting, participant);
      await meeting.kept();
      const { participantId: by } = ticket;
      log.info('role set', { meetingId: meeting.id, participantId: participant, role, by });
      return {};
    },
    async 'role:claim'({ data: { meeting, participantId } }) {
      meeting.roles.claim(participantId);
      hearAsHost(meeting, participantId);
      await meeting.kept();
      log.info('role taken', { meetingId: meeting.id, participantId, role: 'host' });
      return {};
    },
  };

  /** Hosts hear what hosts hear, and nobody else does. */
  function hearAsHost(meeting: Meeting, participantId: string) {
    if (meeting.roles.isHost(participantId)) meeting.floor.forget(participantId);
    const name = meeting.connectionOf(participantId);
    const connection = name === undefined ? undefined : connectionNamed(name);
    if (connection?.data.joined !== true) return;
    if (meeting.roles.isHost(participantId)) seatHost(connection);
    else void connection.leave(hostsOf(meeting));
  }
}
