import { Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { FindMeeting } from '../meetings/meeting-directory.ts';
import { ticketOf } from '../tokens/read-tokens.ts';
import type { TokenVerifier } from '../tokens/token-verifier.ts';
import { ConnectionState } from './connection-state.ts';
import type { ConnectedSocket, MeetingView } from './connection-state.ts';

export type ConnectParts = {
  find: FindMeeting;
  /** What stands here for a meeting that another node runs. */
  viewOf: (meetingId: string, node: string) => MeetingView;
  verifier: TokenVerifier;
  isDraining: () => boolean;
  clock: Clock;
};

/** Lets a connection in whose `auth.token` is a participant token of a meeting that exists. Throws a Refusal. */
export async function connect(parts: ConnectParts, socket: ConnectedSocket): Promise<void> {
  const { find, viewOf, verifier, isDraining, clock } = parts;
  if (isDraining()) throw new Refusal('server-draining');
  const { token } = socket.handshake.auth as { token?: unknown };
  // The token has done its work; nothing needs it in memory for as long as the connection lives.
  socket.handshake.auth = {};
  const claims = await verifier.verify('participant', token);
  const { meeting: meetingId } = claims;
  const ticket = ticketOf(claims);
  const found = await find(meetingId);
  if (found === null) throw new Refusal('meeting-not-found');
  if ('ended' in found) throw new Refusal('meeting-ended');
  const meeting = 'node' in found ? viewOf(meetingId, found.node) : found.meeting;
  // Where another node runs the meeting, the join says so.
  if (!('node' in found)) found.meeting.door.check(ticket);
  const now = clock.elapsed();
  socket.data = new ConnectionState(meeting, ticket, now / 1000 + verifier.left(claims), now);
}
