/** What passes between two looks and is longer than this was not recorded; milliseconds. A busy computer comes late by less. */
const MOST_MS = 5_000;

/**
 * The time of a recording, in milliseconds: that of the computer's clock without what nobody recorded, while the computer slept, and without
 * the steps of a clock that is set. To be looked at all the time.
 */
export class RecordingClock {
  #looked = Date.now();
  #left = 0;

  now(): number {
    const now = Date.now();
    const passed = now - this.#looked;
    if (passed > MOST_MS || passed < 0) this.#left += passed;
    this.#looked = now;
    return now - this.#left;
  }

  /** When it was, in the recording, that the computer's clock showed `at`. */
  at(at: number): number {
    this.now();
    return at - this.#left;
  }
}
