import type { Clock } from '../clock.ts';
import type { MeetingServer } from './connection-state.ts';

const BATCH = 50;
const PAUSE = 20;

/**
 * Closes all transports, fifty at a time, so that their clients do not come back to the next server all at once. A closed transport makes
 * clients reconnect; a disconnected session would tell them to stay away.
 */
export async function closeConnections(io: MeetingServer, clock: Clock): Promise<void> {
  const connections = [...io.sockets.sockets.values()].map((socket) => socket.conn);
  for (let at = 0; at < connections.length; at += BATCH) {
    for (const connection of connections.slice(at, at + BATCH)) connection.close();
    await new Promise<void>((resolve) => clock.after(PAUSE, resolve));
  }
}
