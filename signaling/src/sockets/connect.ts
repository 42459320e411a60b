import { Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { MeetingDirectory } from '../meetings/meeting-directory.ts';
import type { TokenVerifier } from '../tokens/token-verifier.ts';
import { ConnectionState } from './connection-state.ts';
import type { MeetingSocket } from './connection-state.ts';

export type ConnectParts = {
  directory: MeetingDirectory;
  verifier: TokenVerifier;
  isDraining: () => boolean;
  clock: Clock;
};

/** Lets a connection in whose `auth.token` is a participant token of a meeting that exists. Throws a Refusal. */
export async function connect(parts: ConnectParts, socket: MeetingSocket): Promise<void> {
  const { directory, verifier, isDraining, clock } = parts;
  if (isDraining()) throw new Refusal('server-draining');
  const { token } = socket.handshake.auth as { token?: unknown };
  // The token has done its work; nothing needs it in memory for as long as the connection lives.
  socket.handshake.auth = {};
  const { meeting: meetingId, sub, role, exp } = await verifier.verify('participant', token);
  const meeting = directory.get(meetingId);
  if (meeting === undefined)
    throw new Refusal(directory.getEnded(meetingId) ? 'meeting-ended' : 'meeting-not-found');
  socket.data = new ConnectionState(meeting, sub, role, exp, clock.now());
}
