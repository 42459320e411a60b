import { Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { MeetingDirectory } from '../meetings/meeting-directory.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { roomOf, waitersOf } from './connection-state.ts';
import type { MeetingServer, MeetingSocket } from './connection-state.ts';
import type { RequestHandlers } from './request-handler.ts';

type EndingParts = {
  io: MeetingServer;
  directory: MeetingDirectory;
  /** The connection of that name, whichever node it leads to. */
  connectionNamed: (name: string) => MeetingSocket | undefined;
};

/** How long the host's own connection may take to bring them the answer, in milliseconds. */
const ANSWER_WITHIN = 1_000;

/** Ending a meeting for everybody (R69). */
export function endingRequests({
  clock,
  log,
  ...parts
}: EndingParts & { clock: Clock; log: Log }): Pick<RequestHandlers, 'meeting:end'> {
  return {
    async 'meeting:end'(socket) {
      const { meeting, participantId } = socket.data;
      if (meeting.roles.isHeir(participantId) === true && isPlanned(meeting))
        throw new Refusal('forbidden');
      const connections = await endMeeting(parts, meeting);
      for (const one of connections) if (one.id !== socket.id) one.conn.close();
      clock.after(ANSWER_WITHIN, () => socket.conn.close());
      log.info('meeting ended', { meetingId: meeting.id, participantId });
      return {};
    },
  };
}

/** Whether hosts who may be away mean to come again: then it is not ended in their absence (R65). */
function isPlanned({ opening, door }: Meeting): boolean {
  return opening.schedule !== null || door.invitations.makesHosts(null);
}

/** The meeting is over, and everybody in it or at its door is told. Resolves, when that is kept, with their connections, which are to be closed. */
export async function endMeeting(
  { io, directory, connectionNamed }: EndingParts,
  meeting: Meeting,
): Promise<MeetingSocket[]> {
  const seated = meeting.connections.map(([, name]) => name);
  const names = [...seated, ...meeting.door.waiting.connections];
  const connections = names.flatMap((name) => connectionNamed(name) ?? []);
  for (const { data } of connections) data.joined = data.waits = false;
  try {
    await directory.end(meeting);
  } finally {
    // It is in force even where it cannot be kept.
    io.to([roomOf(meeting), waitersOf(meeting)]).emit('meeting:ended', {});
  }
  return connections;
}
