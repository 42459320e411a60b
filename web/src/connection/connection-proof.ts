import type { Clock } from './clock.ts';

const PROOF_MS = 2_000;

/** Has a connection prove that it still carries, by an answer within 2 s, once there is reason to doubt it. */
export class ConnectionProof {
  readonly #clock: Clock;
  readonly #ask: () => Promise<void>;
  readonly #onSilence: () => void;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, ask: () => Promise<void>, onSilence: () => void) {
    this.#clock = clock;
    this.#ask = ask;
    this.#onSilence = onSilence;
  }

  /** Does nothing while a proof is awaited. */
  demand(): void {
    if (this.#cancel) return;
    const cancel = this.#clock.after(PROOF_MS, () => {
      this.#cancel = null;
      this.#onSilence();
    });
    this.#cancel = cancel;
    void this.#ask().then(() => {
      if (this.#cancel === cancel) this.stop();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
