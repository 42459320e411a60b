import { createHash, timingSafeEqual } from 'node:crypto';
import { OPERATORS, Refusal, operatorRequests } from '@confab/protocol';
import type {
  ConnectionRefusal,
  NodeReport,
  OperatorPayload,
  OperatorRequestName,
  OperatorToServerEvents,
  RefusalCode,
  Reply,
  ServerToOperatorEvents,
} from '@confab/protocol';
import type { Namespace, Socket } from 'socket.io';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { Budget } from '../budget.ts';
import type { MeetingServer } from './connection-state.ts';

type NoEvents = Record<string, never>;
type OperatorSocket = Socket<OperatorToServerEvents, ServerToOperatorEvents, NoEvents, object>;
type OperatorNamespace = Namespace<
  OperatorToServerEvents,
  ServerToOperatorEvents,
  NoEvents,
  object
>;

/** Milliseconds between two reports. */
const REPORT_EVERY = 2_000;
/** An operator's requests. */
const ALLOWANCE = { perSecond: 2, burst: 10 };

/** Does what an operator asks. Throws a Refusal where the answer is no. */
export type OperatorHandlers = {
  [Name in OperatorRequestName]: (payload: OperatorPayload<Name>) => Promise<void> | void;
};

export type OperatorParts = {
  /** `ADMIN_TOKEN`; null where nobody may look. */
  adminToken: string | null;
  handlers: OperatorHandlers;
  /** All nodes as they are now. */
  reports: () => Promise<NodeReport[]>;
  clock: Clock;
  log: Log;
  metrics: Metrics;
};

/** The operators' namespace (R81 to R83): let in by a token of its own, told every two seconds what goes on, as long as somebody looks. */
export function serveOperators(io: MeetingServer, parts: OperatorParts): () => void {
  const { adminToken, clock, log, metrics, reports } = parts;
  const operators = io.of(OPERATORS) as unknown as OperatorNamespace;
  let cancel: (() => void) | null = null;

  operators.use((socket, next) => {
    const { token } = socket.handshake.auth as { token?: unknown };
    // It has done its work; nothing needs it in memory for as long as the connection lives.
    socket.handshake.auth = {};
    const error = refusalFor(adminToken, token);
    if (error === null) {
      next();
      return;
    }
    metrics.refusals.inc({ error });
    const data: ConnectionRefusal = { error };
    next(Object.assign(new Error(error), { data }));
  });

  operators.on('connection', (socket) => {
    log.info('an operator looks');
    const budget = new Budget(ALLOWANCE, clock.elapsed());
    socket.use((event, _next) => void answer(parts, socket, budget, event));
    socket.once('disconnect', () => {
      log.info('an operator has gone');
      if (operators.sockets.size === 0) stop();
    });
    cancel?.();
    cancel = () => undefined;
    void tell();
  });

  /** Tells all of them, and again after a while. */
  async function tell() {
    try {
      operators.volatile.emit('server:reported', { nodes: await reports() });
    } catch (fault) {
      log.error('a report failed', { fault });
    }
    if (cancel !== null) cancel = clock.after(REPORT_EVERY, () => void tell());
  }

  function stop() {
    cancel?.();
    cancel = null;
  }
  return stop;
}

function refusalFor(adminToken: string | null, token: unknown): RefusalCode | null {
  if (adminToken === null) return 'unknown-request';
  if (typeof token !== 'string' || !isSame(adminToken, token)) return 'token-invalid';
  return null;
}

/** In the same time, wherever the two begin to differ. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

async function answer(
  { handlers, clock, log, metrics }: OperatorParts,
  socket: OperatorSocket,
  budget: Budget,
  [name, payload, ...more]: unknown[],
): Promise<void> {
  const reply = more.at(-1) ?? (typeof payload === 'function' ? payload : undefined);
  const tell = (said: Reply<object>) => {
    if (typeof reply === 'function') (reply as (said: Reply<object>) => void)(said);
  };
  try {
    if (budget.take(clock.elapsed()) !== 'granted') throw new Refusal('too-many-requests');
    if (typeof name !== 'string' || !Object.hasOwn(operatorRequests, name))
      throw new Refusal('unknown-request');
    await run(handlers, name as OperatorRequestName, payload);
    log.info('an operator asked', { request: name });
    tell({ ok: true, data: {} });
  } catch (fault) {
    const error = fault instanceof Refusal ? fault.code : 'internal';
    metrics.refusals.inc({ error });
    if (error === 'internal') log.error('an operator’s request failed', { fault });
    tell({ ok: false, error });
  }
}

async function run(
  handlers: OperatorHandlers,
  name: OperatorRequestName,
  payload: unknown,
): Promise<void> {
  const parsed = operatorRequests[name].payload.safeParse(payload);
  if (!parsed.success) throw new Refusal('invalid-payload');
  const handle = handlers[name] as (payload: unknown) => Promise<void> | void;
  await handle(parsed.data);
}
