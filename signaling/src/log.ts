import { pino } from 'pino';
import type { DestinationStream } from 'pino';

/**
 * All that a log line may carry besides its message: ids, codes, sizes and counts. Never a name, a token, an SDP, a
 * sealed text, a secret or an address with its query.
 */
export type LogFields = {
  meetingId?: string;
  participantId?: string;
  /** The host who wanted it. */
  by?: string;
  role?: string;
  /** A request or notice of the protocol, by its name. */
  request?: string;
  /** A refusal's code or another closed list's word. */
  reason?: string;
  transport?: string;
  status?: number;
  count?: number;
  bytes?: number;
  port?: number;
  /** This server's own address, without path. */
  url?: string;
  fault?: unknown;
};

export type Log = Record<
  'debug' | 'info' | 'warn' | 'error',
  (message: string, fields?: LogFields) => void
>;

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

/** Writes JSON lines to standard output, or to `destination`. */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  const write =
    (at: keyof Log) =>
    (message: string, fields: LogFields = {}) => {
      if (logger.isLevelEnabled(at)) logger[at](allowed(fields), message);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

const shortWord = /^[\w:./[\]-]{1,128}$/;
const names = [
  'meetingId',
  'participantId',
  'by',
  'role',
  'request',
  'reason',
  'transport',
  'url',
] as const;
const numbers = ['status', 'count', 'bytes', 'port'] as const;

/** Copies what the list above allows; the types say so too, but types do not hold what came from outside. */
function allowed(fields: LogFields): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const name of names) {
    const value: unknown = fields[name];
    if (typeof value === 'string' && shortWord.test(value)) line[name] = value;
  }
  for (const name of numbers) {
    const value: unknown = fields[name];
    if (typeof value === 'number') line[name] = value;
  }
  if (fields.fault !== undefined) Object.assign(line, traceOf(fields.fault));
  return line;
}

/** Kind and place of a fault. Its message may quote what somebody sent, so it stays out. */
function traceOf(fault: unknown): { fault: string; code?: string; trace?: string[] } {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  const [, ...afterMessage] = (fault.stack ?? '').split(fault.message);
  const frames = afterMessage.join('').split('\n');
  const { code } = fault as NodeJS.ErrnoException;
  return {
    fault: fault.constructor.name,
    ...(typeof code === 'string' && shortWord.test(code) && { code }),
    trace: frames
      .map((frame) => frame.trim())
      .filter((frame) => frame.startsWith('at '))
      .slice(0, 8),
  };
}
