import { hostRequests, Refusal, requests } from '@confab/protocol';
import type { Payload, RefusalCode, Reply, RequestName } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { Meeting } from '../meetings/meeting.ts';
import type { ConnectedSocket, ConnectionState, MeetingSocket } from './connection-state.ts';
import { refuse } from './relay.ts';
import type { AnsweredRequest, RequestHandler, RequestHandlers } from './request-handler.ts';

export type HandlingParts = {
  handlers: RequestHandlers;
  relay: (socket: ConnectedSocket, payload: unknown) => void;
  /** Has another node, which runs the meeting, do what was asked. */
  forward: (socket: ConnectedSocket, name: AnsweredRequest, payload: object) => Promise<unknown>;
  clock: Clock;
  log: Log;
  metrics: Metrics;
};

/**
 * The one way by which events reach the server: name, budget, state, schema, then the handler, then the reply. Returns a
 * listener for every event of a socket, the same for all sockets. Nothing that arrives makes it throw.
 */
export function handleRequests(parts: HandlingParts) {
  return function (this: ConnectedSocket, event: unknown, ...args: unknown[]): void {
    // An event that waited while its connection was closed has nobody to act for.
    if (!this.connected) return;
    if (event === 'signal:send') handleSignal(parts, this, args);
    else void answer(parts, this, event, args);
  };
}

function handleSignal(parts: HandlingParts, socket: ConnectedSocket, args: unknown[]): void {
  const budget = socket.data.signals.take(parts.clock.elapsed());
  const payload = args[0];
  if (budget !== 'granted') refuseSignal(parts, socket, payload, 'too-many-requests');
  else if (!socket.data.joined) refuseSignal(parts, socket, payload, 'wrong-state');
  else parts.relay(socket, payload);
  if (budget === 'persistent') socket.conn.close();
}

function refuseSignal(
  parts: HandlingParts,
  socket: ConnectedSocket,
  payload: unknown,
  error: RefusalCode,
) {
  parts.metrics.refusals.inc({ error });
  refuse(socket, payload, error);
}

async function answer(
  parts: HandlingParts,
  socket: ConnectedSocket,
  event: unknown,
  args: unknown[],
) {
  const last = args.at(-1);
  const reply = typeof last === 'function' ? (last as (reply: Reply<unknown>) => void) : undefined;
  const budget = socket.data.requests.take(parts.clock.elapsed());
  try {
    if (budget !== 'granted') throw new Refusal('too-many-requests');
    const payload = args[0] === last && reply !== undefined ? undefined : args[0];
    const extra = args.length > (reply === undefined ? 1 : 2);
    const data = await run(parts, socket, event, extra ? undefined : payload);
    reply?.({ ok: true, data });
  } catch (error) {
    reply?.({ ok: false, error: codeOf(parts, error) });
  }
  if (budget === 'persistent') socket.conn.close();
}

function run(parts: HandlingParts, socket: ConnectedSocket, event: unknown, payload: unknown) {
  const { handlers, forward } = parts;
  if (isHere(socket)) return handleRequest(handlers, socket, event, payload);
  const [name, parsed] = readRequest(handlers, socket.data, event, payload);
  return forward(socket, name, parsed);
}

/** Does what one connection asks of a meeting that is run here, after the checks. Throws a Refusal. */
export function handleRequest(
  handlers: RequestHandlers,
  socket: MeetingSocket,
  event: unknown,
  payload: unknown,
) {
  // Another node has the meeting by now; connecting anew leads there.
  if (socket.data.meeting.isLetGo) socket.conn.close();
  const [name, parsed] = readRequest(handlers, socket.data, event, payload);
  const { meeting, participantId } = socket.data;
  if (isHosts(name) && !meeting.roles.isHost(participantId)) throw new Refusal('forbidden');
  const handler = handlers[name] as RequestHandler<AnsweredRequest>;
  return handler(socket, parsed);
}

function readRequest(
  handlers: RequestHandlers,
  { joined, waits }: Pick<ConnectionState, 'joined' | 'waits'>,
  event: unknown,
  payload: unknown,
): [AnsweredRequest, Payload<AnsweredRequest>] {
  if (!isRequest(handlers, event)) throw new Refusal('unknown-request');
  // Joining again on the same connection stays possible: that is how a changed name gets its new hello shown (R20).
  const isOpen = event === 'meeting:join' || event === (joined ? event : 'door:knock');
  if (!isOpen && !(waits && event === 'meeting:leave')) throw new Refusal('wrong-state');
  const parsed = requests[event].payload.safeParse(payload);
  if (!parsed.success) throw new Refusal('invalid-payload');
  return [event, parsed.data];
}

function isHere(socket: ConnectedSocket): socket is ConnectedSocket & { data: ConnectionState } {
  return socket.data.meeting instanceof Meeting;
}

function isHosts(name: RequestName): boolean {
  return (hostRequests as readonly RequestName[]).includes(name);
}

function isRequest(handlers: RequestHandlers, event: unknown): event is AnsweredRequest {
  return typeof event === 'string' && Object.hasOwn(handlers, event);
}

function codeOf({ log, metrics }: HandlingParts, error: unknown): RefusalCode {
  const code = error instanceof Refusal ? error.code : 'internal';
  metrics.refusals.inc({ error: code });
  if (code === 'internal') {
    metrics.faults.inc();
    log.error('a request failed', { fault: error });
  }
  return code;
}
