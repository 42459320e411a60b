import { Refusal, type RefusalCode } from '@confab/protocol';
import { BackOff } from './back-off.ts';
import type { Clock } from './clock.ts';
import { type Admission, Unreachable } from './meetings-api.ts';
import { surfaceError } from './surface-error.ts';

export type ReadmissionListener = {
  onTry(loss: { attempt: number; forgotten?: true }): void;
  onAdmitted(admission: Admission): void;
  /** For good. */
  onRefused(code: RefusalCode): void;
};

const PASSING: RefusalCode[] = ['server-draining', 'too-many-requests', 'internal', 'timeout'];

/** The seats people had before can fill a meeting until the server is sure that they are gone, which takes less than six tries. */
const TRIES_WHILE_FULL = 6;

/** Asks for another seat where the one there was is lost, until there is one or a reason why not. */
export class Readmission {
  readonly #admit: () => Promise<Admission>;
  readonly #listener: ReadmissionListener;
  readonly #backOff: BackOff;
  #isSeeking = false;
  #wasSeated = false;
  #forgotten = false;
  #tries = 0;
  #pending = 0;

  constructor(
    clock: Clock,
    admit: () => Promise<Admission> = () => Promise.reject(new Refusal('token-expired')),
    listener: ReadmissionListener,
  ) {
    this.#admit = admit;
    this.#listener = listener;
    this.#backOff = new BackOff(clock);
  }

  /** `wasSeated`: whoever asks has been in the meeting, and a server that has forgotten it does not end it for them (R35). */
  seek(wasSeated: boolean): void {
    this.#wasSeated = wasSeated;
    this.#isSeeking = true;
    this.#ask();
  }

  /** Asks at once where it would wait. */
  hurry(): void {
    if (this.#isSeeking && this.#pending === 0) this.#ask();
  }

  /** There is a seat. */
  over(): void {
    this.#tries = 0;
    this.#forgotten = false;
    this.#backOff.succeeded();
  }

  stop(): void {
    this.#isSeeking = false;
    this.#backOff.stop();
  }

  #ask(): void {
    this.#backOff.stop();
    this.#tries += 1;
    this.#pending += 1;
    this.#listener.onTry({ attempt: this.#tries, ...(this.#forgotten && { forgotten: true }) });
    void this.#admit()
      .then(
        (admission) => this.#admitted(admission),
        (error: unknown) => this.#failed(error),
      )
      .finally(() => (this.#pending -= 1));
  }

  #admitted(admission: Admission): void {
    if (!this.#isSeeking) return;
    this.stop();
    this.#listener.onAdmitted(admission);
  }

  #failed(error: unknown): void {
    if (!this.#isSeeking) return;
    if (error instanceof Refusal && this.#isFinal(error.code)) {
      this.stop();
      this.#listener.onRefused(error.code);
      return;
    }
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) surfaceError(error);
    this.#forgotten = error instanceof Refusal && error.code === 'meeting-not-found';
    this.#backOff.schedule(() => this.#ask());
  }

  #isFinal(code: RefusalCode): boolean {
    if (PASSING.includes(code)) return false;
    if (code === 'meeting-full') return !this.#wasSeated || this.#tries >= TRIES_WHILE_FULL;
    return !(this.#wasSeated && code === 'meeting-not-found');
  }
}
