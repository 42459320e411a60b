/** An interruption may pass by itself within this time, doubled each time it has not; milliseconds. */
const PATIENCE_MS = 3_000;
const MOST_TRIES = 4;
/** What gives for so long is taken for mended; milliseconds. */
const MENDED_MS = 10_000;

/** Decides when a device that gives nothing, or nothing any more, is taken anew: soon, then less and less often. */
export class Retaking {
  readonly #retake: () => void;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(retake: () => void) {
    this.#retake = retake;
  }

  /** How often it was taken anew without being mended by that. */
  get tries(): number {
    return this.#tries;
  }

  /**
   * The device gives nothing: a call on the same phone, a driver that stalls. The system may not give again what it took, so this waits until the
   * page is seen.
   */
  interrupted(): void {
    this.rest();
    if (this.#tries < MOST_TRIES)
      this.#timer = setTimeout(this.#tryWhenSeen, PATIENCE_MS * 2 ** this.#tries);
  }

  /**
   * The device gave its track up, or was not given anew. Returns whether it is tried again: at once, then less and less often, in a hidden page too,
   * because the others are told that it is on until it is given up.
   */
  stopped(): boolean {
    this.rest();
    if (this.#tries === 0) this.#now();
    else if (this.#tries < MOST_TRIES)
      this.#timer = setTimeout(() => this.#now(), (PATIENCE_MS * 2 ** this.#tries) / 2);
    else return false;
    return true;
  }

  /** The device gives what it should. */
  flowing(): void {
    this.rest();
    this.#timer = setTimeout(() => (this.#tries = 0), MENDED_MS);
  }

  /** There is no device to take anew. */
  rest(): void {
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#tryWhenSeen);
  }

  readonly #tryWhenSeen = () => {
    this.rest();
    // Another tab may have it: taken from there, it would be taken back.
    if (document.visibilityState !== 'visible') {
      document.addEventListener('visibilitychange', this.#tryWhenSeen);
      return;
    }
    this.#now();
  };

  #now(): void {
    this.#tries++;
    this.#retake();
  }
}
