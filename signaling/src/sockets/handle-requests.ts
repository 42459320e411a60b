import { Refusal, requests } from '@confab/protocol';
import type { RefusalCode, Reply } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { MeetingSocket } from './connection-state.ts';
import { refuse } from './relay.ts';
import type { AnsweredRequest, RequestHandler, RequestHandlers } from './request-handler.ts';

export type HandlingParts = {
  handlers: RequestHandlers;
  relay: (socket: MeetingSocket, payload: unknown) => void;
  clock: Clock;
  log: Log;
  metrics: Metrics;
};

/**
 * The one way by which events reach the server: name, budget, state, schema, then the handler, then the reply. Returns a
 * listener for every event of a socket, the same for all sockets. Nothing that arrives makes it throw.
 */
export function handleRequests(parts: HandlingParts) {
  return function (this: MeetingSocket, event: unknown, ...args: unknown[]): void {
    // An event that waited while its connection was closed has nobody to act for.
    if (!this.connected) return;
    if (event === 'signal:send') handleSignal(parts, this, args);
    else void answer(parts, this, event, args);
  };
}

function handleSignal(parts: HandlingParts, socket: MeetingSocket, args: unknown[]): void {
  const budget = socket.data.signals.take(parts.clock.now());
  const payload = args[0];
  if (budget !== 'granted') refuseSignal(parts, socket, payload, 'too-many-requests');
  else if (!socket.data.joined) refuseSignal(parts, socket, payload, 'wrong-state');
  else parts.relay(socket, payload);
  if (budget === 'persistent') socket.conn.close();
}

function refuseSignal(
  parts: HandlingParts,
  socket: MeetingSocket,
  payload: unknown,
  error: RefusalCode,
) {
  parts.metrics.refusals.inc({ error });
  refuse(socket, payload, error);
}

async function answer(
  parts: HandlingParts,
  socket: MeetingSocket,
  event: unknown,
  args: unknown[],
) {
  const last = args.at(-1);
  const reply = typeof last === 'function' ? (last as (reply: Reply<unknown>) => void) : undefined;
  const budget = socket.data.requests.take(parts.clock.now());
  try {
    if (budget !== 'granted') throw new Refusal('too-many-requests');
    const payload = args[0] === last && reply !== undefined ? undefined : args[0];
    const extra = args.length > (reply === undefined ? 1 : 2);
    const data = await run(parts.handlers, socket, event, extra ? undefined : payload);
    reply?.({ ok: true, data });
  } catch (error) {
    reply?.({ ok: false, error: codeOf(parts, error) });
  }
  if (budget === 'persistent') socket.conn.close();
}

function run(handlers: RequestHandlers, socket: MeetingSocket, event: unknown, payload: unknown) {
  if (!isRequest(handlers, event)) throw new Refusal('unknown-request');
  // Joining again on the same connection stays possible: that is how a changed name gets its new hello shown (R20).
  if (!socket.data.joined && event !== 'meeting:join') throw new Refusal('wrong-state');
  const parsed = requests[event].payload.safeParse(payload);
  if (!parsed.success) throw new Refusal('invalid-payload');
  const handler = handlers[event] as RequestHandler<AnsweredRequest>;
  return handler(socket, parsed.data);
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
