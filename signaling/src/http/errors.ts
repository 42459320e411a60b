import { Refusal } from '@confab/protocol';
import type { HttpError, RefusalCode } from '@confab/protocol';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { Unfitting } from './read-body.ts';

const answers: Record<RefusalCode, [status: number, message: string]> = {
  'invalid-payload': [400, 'The request does not fit what this call takes.'],
  'unknown-request': [404, 'There is nothing at this address.'],
  'wrong-state': [409, 'The request does not fit the present state.'],
  'too-many-requests': [429, 'Too many requests; try again later.'],
  'participant-not-found': [404, 'There is no such participant.'],
  'meeting-not-found': [404, 'There is no such meeting, or the link is not its own.'],
  'meeting-ended': [410, 'The meeting has ended.'],
  'meeting-full': [409, 'The meeting has no free seat.'],
  'meeting-locked': [403, 'A host has locked the meeting.'],
  'knock-required': [403, 'A host has to let the caller in.'],
  denied: [403, 'A host does not let the caller in.'],
  removed: [403, 'A host has removed the caller, or somebody by whose word the caller comes.'],
  'invitation-revoked': [403, 'A host has taken the invitation back.'],
  'not-open': [403, 'The meeting, or the invitation, is not open yet.'],
  'passcode-required': [403, 'The meeting asks for a passcode.'],
  'passcode-wrong': [403, 'The passcode is not the meeting’s.'],
  'token-invalid': [401, 'The token is missing or not valid here.'],
  'token-expired': [401, 'The token has expired.'],
  'resume-invalid': [403, 'The seat is somebody else’s by now.'],
  forbidden: [403, 'The caller may not do this.'],
  'origin-refused': [403, 'This server does not serve pages of that origin.'],
  'server-draining': [503, 'The server is stopping; try again after a moment.'],
  timeout: [504, 'There was no answer in time.'],
  internal: [500, 'The server made a mistake; its log has the details.'],
};

/** With which status a refusal is answered over HTTP, and in what words. */
export function answerTo(code: RefusalCode): { status: number; message: string } {
  const [status, message] = answers[code];
  return { status, message };
}

/** Answers every error with its status and an {@link HttpError}; what is no refusal is logged. */
export function answerErrors(log: Log, metrics: Metrics, clock: Clock): ErrorRequestHandler {
  // Express tells error handlers from others by their four parameters.
  return (error: unknown, _request, response, next) => {
    const code = codeOf(error);
    if (code === 'internal') {
      metrics.faults.inc();
      log.error('an HTTP call failed', { fault: error });
    }
    metrics.refusals.inc({ error: code });
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, message } = answerTo(code);
    if (status === 429) response.setHeader('retry-after', '10');
    if (status === 503) response.setHeader('retry-after', '2');
    const sentence = error instanceof Unfitting ? naming(error.field, message) : message;
    const body = { error: code, message: sentence, ...openingOf(error, clock) } satisfies HttpError;
    response.status(status).json(body);
  };
}

/** For addresses that nothing answers. */
export const nothingHere: RequestHandler = () => {
  throw new Refusal('unknown-request');
};

/** "…: settings.passcode." */
function naming(field: string, sentence: string): string {
  return field === '' ? sentence : sentence.replace(/\.$/, `: ${field}.`);
}

/** When it opens, and how long that is from now: nobody has to compare clocks (R108). */
function openingOf(error: unknown, clock: Clock): { opensAt: number; opensIn: number } | undefined {
  if (!(error instanceof Refusal) || error.opensAt === undefined) return undefined;
  const { opensAt } = error;
  return { opensAt, opensIn: Math.max(0, opensAt - Math.floor(clock.now() / 1000)) };
}

function codeOf(error: unknown): RefusalCode {
  if (error instanceof Refusal) return error.code;
  // What Express and its body parser refuse (bad JSON, too large, bad percent-encoding) has a status of its own.
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500
    ? 'invalid-payload'
    : 'internal';
}
