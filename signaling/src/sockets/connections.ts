import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { MAX_SEALED_SIGNAL, Refusal } from '@confab/protocol';
import type { ConnectionRefusal } from '@confab/protocol';
import { Server } from 'socket.io';
import type { ServerOptions } from 'socket.io';
import type { AddressLimits } from '../address-limits.ts';
import type { ClientAddress } from '../client-address.ts';
import type { Log } from '../log.ts';
import type { Loss } from '../meetings/lease-times.ts';
import type { Metrics } from '../metrics.ts';
import type { OriginPolicy } from '../origin-policy.ts';
import { connect } from './connect.ts';
import type { ConnectParts } from './connect.ts';
import type { ConnectedSocket, MeetingServer } from './connection-state.ts';
import { messageParser } from './message-parser.ts';
import { limitPieces } from './pieces-limit.ts';
import { limitPolling } from './polling-limit.ts';

export type ConnectionParts = ConnectParts & {
  originPolicy: OriginPolicy;
  clientAddress: ClientAddress;
  limits: AddressLimits;
  log: Log;
  metrics: Metrics;
};

/** Socket.IO with this server's limits. Connection state recovery stays off: it replays before the token is checked. */
export function createMeetingServer(http: HttpServer, parts: ConnectionParts): MeetingServer {
  const options = {
    transports: ['websocket', 'polling'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    // Together a silent connection is noticed within 9 s (R9), and a cut of 4 s by nobody.
    pingInterval: 5_000,
    pingTimeout: 4_000,
    connectTimeout: 5_000,
    upgradeTimeout: 5_000,
    maxHttpBufferSize: MAX_SEALED_SIGNAL * 2,
    parser: messageParser,
    allowRequest: (request, decide) => {
      void mayConnect(parts, request).then((error) => decide(error, error === null));
    },
  } satisfies Partial<Omit<ServerOptions, 'parser'>> & Record<string, unknown>;
  const io: MeetingServer = new Server(http, options);
  limitPieces(io.engine);

  // Engine.IO asks `allowRequest` at the handshake alone; this is asked at every POST and upgrade that follows.
  io.engine.use((request: IncomingMessage, _response: unknown, next: (error?: Error) => void) => {
    const follows = /[?&]sid=/.test(request.url ?? '');
    const isForeign = request.headers.origin !== undefined && !parts.originPolicy(request);
    next(follows && isForeign ? new Refusal('origin-refused') : undefined);
  });
  io.engine.on('connection', (connection: { transport: unknown; request: unknown }) => {
    limitPolling(connection);
    // Headers and address were needed to let the connection in; kept, they would cost a kilobyte each.
    connection.request = null;
  });
  io.use((socket, next) => {
    connect(parts, socket).then(
      () => next(),
      (error: unknown) => next(refusalOf(parts, error)),
    );
  });
  return io;
}

/** Hands every connection's events to `onEvent` and tells `onLost` when it ends. */
export function serveConnections(
  io: MeetingServer,
  parts: Pick<ConnectionParts, 'log' | 'metrics'> & { lossBy: (reason: string) => Loss },
  onEvent: (this: ConnectedSocket, event: unknown, ...args: unknown[]) => void,
): void {
  io.on('connection', (socket) => {
    const { meeting, participantId } = socket.data;
    parts.metrics.connections.inc();
    socket.onAny(onEvent);
    socket.on('disconnect', (reason) => {
      parts.metrics.connections.dec();
      parts.metrics.closed.inc({ reason });
      parts.log.debug('connection lost', {
        meetingId: meeting.id,
        participantId,
        reason: reason.replaceAll(' ', '-'),
      });
      socket.data.joined = false;
      meeting.lose(participantId, socket.id, parts.lossBy(reason));
    });
  });
}

async function mayConnect(
  parts: ConnectionParts,
  request: IncomingMessage,
): Promise<string | null> {
  const refuse = (error: string) => {
    parts.metrics.refusals.inc({ error });
    return error;
  };
  if (!parts.originPolicy(request)) return refuse('origin-refused');
  try {
    await parts.limits.count('connection', parts.clientAddress(request));
    return null;
  } catch {
    return refuse('too-many-requests');
  }
}

/** As `connect_error` wants it: an error whose `data` is the reason. */
function refusalOf({ log, metrics }: ConnectionParts, error: unknown): Error {
  const code = error instanceof Refusal ? error.code : 'internal';
  metrics.refusals.inc({ error: code });
  if (code === 'internal') log.error('a connection could not be let in', { fault: error });
  const data: ConnectionRefusal = { error: code };
  return Object.assign(new Error(code), { data });
}
