import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { ConnectedSocket, MeetingServer } from './connection-state.ts';

const EVERY = 1_000;
/** Seconds that a connection may outlive its token. */
const GRACE = 5;
/** How long a connection may stay without a seat (milliseconds). */
const SEAT_WITHIN = 60_000;
/** What may wait to be read by one participant, in packets and bytes, and for how long (milliseconds). */
const SLOW = { packets: 256, bytes: 1_048_576, for: 3_000 };

/** Looks through all connections once a second: closes those whose token has expired, those that take no seat and those that do not read. */
export function sweepConnections(
  io: MeetingServer,
  clock: Clock,
  log: Log,
  metrics: Metrics,
): () => void {
  let cancel = later();
  return () => cancel();

  function later() {
    return clock.after(EVERY, () => {
      for (const socket of io.sockets.sockets.values()) sweep(socket);
      cancel = later();
    });
  }

  function sweep(socket: ConnectedSocket) {
    const now = clock.elapsed();
    if (socket.data.expiresAt + GRACE <= now / 1000) close(socket, 'token-expired');
    else if (
      !socket.data.joined &&
      !socket.data.waits &&
      now - socket.data.unseatedSince >= SEAT_WITHIN
    )
      close(socket, 'no-seat');
    else if (!isBehind(socket)) socket.data.slowSince = null;
    else if (now - (socket.data.slowSince ??= now) >= SLOW.for) close(socket, 'slow-reader');
  }

  // Closing the transport, not the session: the client may come back with a fresh token and an empty queue.
  function close(socket: ConnectedSocket, reason: string) {
    const { meeting, participantId } = socket.data;
    log.info('connection closed', { meetingId: meeting.id, participantId, reason });
    metrics.closed.inc({ reason });
    socket.conn.close(true);
  }
}

function isBehind(socket: ConnectedSocket): boolean {
  const { conn } = socket as unknown as { conn: EngineConnection };
  const bytes = conn.transport.socket?.bufferedAmount ?? 0;
  return conn.writeBuffer.length > SLOW.packets || bytes > SLOW.bytes;
}

/** What of Engine.IO's connection tells how much waits; its types hide both. */
type EngineConnection = {
  writeBuffer: { length: number };
  transport: { socket?: { bufferedAmount: number } };
};
