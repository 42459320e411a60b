/** How long a page that is being unloaded may take to let go of its seat before it counts as another tab's, in milliseconds. */
const PATIENCE_MS = 500;

/**
 * Says which tab of this browser has which seat of a meeting, by a Web Lock for each seat. The lock ends with its page, even with one
 * that crashed. Where the browser has no locks, every tab gets what it asks for.
 */
export class SeatLock {
  readonly #prefix: string;
  readonly #locks: LockManager | undefined;
  readonly #onStolen: () => void;
  #held: { participantId: string; release: () => void } | null = null;
  #asked: { participantId: string; isHeld: Promise<boolean> } | null = null;

  /** `onStolen` hears that another tab took the held seat without waiting for this one. */
  constructor(meetingId: string, locks: LockManager | undefined, onStolen: () => void) {
    this.#prefix = `confab:seat:${meetingId}:`;
    this.#locks = locks;
    this.#onStolen = onStolen;
  }

  /** Whose seat this tab holds. */
  get participantId(): string | null {
    return this.#held?.participantId ?? null;
  }

  /** The seats that other tabs have. */
  async elsewhere(): Promise<string[]> {
    const { held = [] } = (await this.#locks?.query()) ?? {};
    return held
      .flatMap(({ name }) =>
        name?.startsWith(this.#prefix) ? [name.slice(this.#prefix.length)] : [],
      )
      .filter((participantId) => participantId !== this.participantId);
  }

  /** Holds this seat and no other from now on; false if another tab has it. */
  async hold(participantId: string): Promise<boolean> {
    if (this.participantId === participantId) return true;
    // One waits at the lock once: behind oneself one would wait in vain.
    if (this.#asked?.participantId === participantId) return this.#asked.isHeld;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    const isHeld = this.#request(participantId, { signal: patience.signal });
    this.#asked = { participantId, isHeld };
    await isHeld;
    this.#asked = null;
    clearTimeout(timer);
    return isHeld;
  }

  /** Holds this seat, whoever has it. */
  async seize(participantId: string): Promise<void> {
    await this.#request(participantId, { steal: true });
  }

  release(): void {
    this.#held?.release();
    this.#held = null;
  }

  #request(participantId: string, how: LockOptions): Promise<boolean> {
    const locks = this.#locks;
    if (!locks) return Promise.resolve(true);
    return new Promise((resolve) => {
      let isGranted = false;
      const hold = () =>
        new Promise<void>((release) => {
          isGranted = true;
          this.release();
          this.#held = { participantId, release };
          resolve(true);
        });
      locks.request(this.#prefix + participantId, how, hold).catch(() => {
        resolve(false);
        if (!isGranted || this.participantId !== participantId) return;
        this.#held = null;
        this.#onStolen();
      });
    });
  }
}
