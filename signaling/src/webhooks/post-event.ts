import { createHmac } from 'node:crypto';
import type { EventRecord } from '../meetings/records.ts';

/** Longest wait for a receiver's answer, in milliseconds. */
const PATIENCE = 10_000;

/** What answers these is overloaded, or stands before a receiver that is not there. */
const ABSENT = [429, 502, 503, 504];

/** A receiver did not take an event; `reason` is one word for the log, `status-500` for instance. */
export class WebhookFault extends Error {
  readonly reason: string;
  /** Whether the receiver is there, and did not want this very event. */
  readonly isRefusal: boolean;

  constructor(
    reason: string,
    { cause, isRefusal = false }: ErrorOptions & { isRefusal?: boolean },
  ) {
    super(`the receiver did not take an event (${reason})`, { cause });
    this.name = 'WebhookFault';
    this.reason = reason;
    this.isRefusal = isRefusal;
  }
}

/** Sends an event as the Standard Webhooks specification says, `now` being milliseconds since 1970. Rejects with a {@link WebhookFault}. */
export async function postEvent(
  url: string,
  key: Buffer,
  event: EventRecord,
  now: number,
  stopped: AbortSignal,
): Promise<void> {
  const body = bodyOf(event);
  const timestamp = Math.floor(now / 1_000);
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(PATIENCE)]);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Confab',
    'webhook-id': event.id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf(key, `${event.id}.${timestamp}.${body}`),
  };
  let response: Response;
  try {
    // Where a redirect leads nobody has configured.
    response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel();
  } catch (fault) {
    const isLate = fault instanceof Error && fault.name === 'TimeoutError';
    throw new WebhookFault(isLate ? 'timeout' : 'no-answer', { cause: fault });
  }
  const { ok, status } = response;
  if (!ok) throw new WebhookFault(`status-${status}`, { isRefusal: !ABSENT.includes(status) });
}

/** What a receiver is told: ids and times, for there is nothing else that the server knows. */
function bodyOf({ type, at, meetingId, participantId }: EventRecord): string {
  const timestamp = new Date(at).toISOString();
  return JSON.stringify({ type, timestamp, data: { meetingId, participantId } });
}

function signatureOf(key: Buffer, signed: string): string {
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
