import type { Doorstep } from '../connection/doorstep.ts';
import type { Admission } from '../connection/meetings-api.ts';

/** For how long an answer is used, in milliseconds; its token lives much longer. */
const FRESH_MS = 10 * 60_000;

/** What joining starts from: a seat to take, and, where there was time for it, a connection to take it on. */
export type Admitted = { admission: Admission; doorstep?: Doorstep };

/** A seat asked for while somebody still looks at themselves in the green room, so that joining need not wait for the answer. */
export class EarlyAdmission {
  readonly #askedAt = Date.now();
  readonly #answer: Promise<Required<Admitted> | null>;

  constructor(
    ask: () => Promise<Admission>,
    openDoorstep: (admission: Admission) => Promise<Doorstep>,
  ) {
    this.#answer = ask()
      .then(async (admission) => ({ admission, doorstep: await openDoorstep(admission) }))
      // A refusal is for whoever wants to join, and by then it may be another one: it is asked for again.
      .catch(() => null);
  }

  /** The seat, for one taker; null when there was none, or the answer is too old. */
  async take(): Promise<Admitted | null> {
    if (Date.now() - this.#askedAt < FRESH_MS) return this.#answer;
    this.close();
    return null;
  }

  /** Lets go of what nobody has taken. */
  close(): void {
    void this.#answer.then((admitted) => admitted?.doorstep.close());
  }
}
