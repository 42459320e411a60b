import type { Admission } from '../connection/meetings-api.ts';
import { seekAdmission } from './seek-admission.ts';

/** For how long an answer is used, in milliseconds; its token lives much longer. */
const FRESH_MS = 10 * 60_000;

/** A seat asked for while somebody still looks at themselves in the green room, so that joining need not wait for the answer. */
export class EarlyAdmission {
  readonly #askedAt = Date.now();
  readonly #answer: Promise<Admission | null>;

  constructor(meetingId: string, secret: string) {
    // A refusal is for whoever wants to join, and by then it may be another one: it is asked for again.
    this.#answer = seekAdmission(meetingId, secret, '').catch(() => null);
  }

  /** The seat; null when there was none, or the answer is too old. */
  async take(): Promise<Admission | null> {
    return Date.now() - this.#askedAt < FRESH_MS ? this.#answer : null;
  }
}
