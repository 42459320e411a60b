import type { Clock } from './clock.ts';
import type { Pace } from './pace.ts';

const JITTER_MS = 100;
const DISCONNECTED_MS = 1_500;
const CONNECT_MS = 5_000;
const ASK_AGAIN_MS = 2_000;
const MOST_RESTARTS = 3;
const MOST_MS = 20_000;
/** What both ends and all signs say of one and the same fault comes within this time. */
const ONE_FAULT_MS = 2_000;
const FRESH_MS = 1_000;
/** What a restart finds by itself, it finds within this time. */
const FOUND_MS = 300;
const PACE_MS = 1_000;

/** What is wrong with a connection that once worked. */
export type Trouble = 'stalled' | 'disconnected' | 'failed';

export type RestartLadderOptions = {
  /** Whether this side restarts ICE; otherwise it asks the other side to. */
  initiator: boolean;
  clock: Clock;
  /** How often restarts may follow each other, whatever the signs say. */
  pace: Pace;
  /** From 0 to 1: what keeps all links that broke at once from restarting at once. */
  random: () => number;
  /** Time in which the other side cannot be told anything does not count. */
  isReachable: () => boolean;
  /** Whether an offer is under way that has no answer yet. */
  isUnanswered: () => boolean;
  /** Restarts ICE, or asks for it, if it is still wanted when all is ready for it. */
  restart: (isWanted: () => boolean) => void;
  /** Restarting does not help; `tries` says how often it was tried. */
  giveUp: (tries: number) => void;
};

/** From the first sign of trouble to a connection that works again or is given up (R34): one restart at a time. */
export class RestartLadder {
  readonly #options: RestartLadderOptions;
  #phase: 'calm' | 'due' | 'waiting' | 'trying' | 'over' = 'calm';
  #dueAt = 0;
  #beganAt = -Infinity;
  #isAnswered = false;
  #answeredAt = -Infinity;
  #tries = 0;
  #spentMs = 0;
  #cancel: (() => void) | null = null;

  constructor(options: RestartLadderOptions) {
    this.#options = options;
  }

  trouble(kind: Trouble): void {
    const { random } = this.#options;
    const wait = { stalled: random() * JITTER_MS, disconnected: DISCONNECTED_MS, failed: 0 }[kind];
    const isSooner = this.#phase === 'due' && this.#now + wait < this.#dueAt;
    if (this.#phase === 'calm' && this.#isBeingRestored()) this.#expect(ASK_AGAIN_MS);
    else if (this.#phase === 'calm' || isSooner) this.#beginAfter(wait);
  }

  /** The other side asks for a restart, and may see what this side does not. */
  wanted(): void {
    if (this.#options.isUnanswered()) return;
    if (this.#phase === 'trying') {
      // The other side knows of the last restart, and has another address since.
      if (this.#isAnswered && this.#isOld(FOUND_MS)) this.#begin();
    } else if (!this.#isOld(ONE_FAULT_MS)) return;
    else if (this.#phase === 'due' || this.#phase === 'waiting') this.#begin();
    else if (this.#phase === 'calm' && this.#options.pace.take()) this.#restart(() => true);
  }

  /** An answer, or the restart that was asked for: from now on it must connect. */
  answered(): void {
    this.#isAnswered = true;
    this.#answeredAt = this.#now;
    if (this.#phase === 'trying') this.#await(CONNECT_MS);
    else if (this.#phase === 'due' && this.#isBeingRestored()) this.#expect(CONNECT_MS);
  }

  /**
   * This side has an address that it did not have when the restart began. Both sides know that one before its first check arrives only if
   * they restart once more; see `CandidateBatch` for what it costs otherwise.
   */
  moved(): void {
    if (this.#phase !== 'trying' || !this.#isOld(FOUND_MS)) return;
    this.#forget();
    this.#begin();
  }

  /** The way there has opened or changed: what was tried before says nothing about what works now. */
  again(): void {
    if (this.#phase === 'calm' || this.#phase === 'over') return;
    if (this.#phase === 'trying' && !this.#isOld(FRESH_MS)) return;
    this.#forget();
    this.#begin();
  }

  healed(): void {
    this.#stopWaiting();
    this.#phase = 'calm';
    this.#forget();
  }

  stop(): void {
    this.#stopWaiting();
    this.#phase = 'over';
  }

  #beginAfter(ms: number): void {
    this.#stopWaiting();
    this.#phase = 'due';
    this.#dueAt = this.#now + ms;
    this.#cancel = this.#options.clock.after(ms, () => this.#begin());
  }

  #begin(): void {
    this.#stopWaiting();
    if (!this.#options.isReachable()) this.#phase = 'waiting';
    else if (!this.#options.pace.take()) this.#beginAfter(PACE_MS);
    else {
      const { initiator } = this.#options;
      this.#expect(initiator || this.#tries > 0 ? CONNECT_MS : ASK_AGAIN_MS);
      this.#restart(() => this.#phase === 'trying');
    }
  }

  /** For this side, which restarts nothing itself: the other has begun to. */
  #isBeingRestored(): boolean {
    return !this.#options.initiator && this.#now - this.#answeredAt < ONE_FAULT_MS;
  }

  #isOld(ms: number): boolean {
    return this.#now - this.#beganAt >= ms;
  }

  #restart(isWanted: () => boolean): void {
    this.#beganAt = this.#now;
    this.#isAnswered = false;
    this.#options.restart(isWanted);
  }

  #expect(ms: number): void {
    this.#phase = 'trying';
    this.#tries += 1;
    this.#await(ms);
  }

  #await(ms: number): void {
    this.#stopWaiting();
    this.#cancel = this.#options.clock.after(ms, () => {
      this.#spentMs += ms;
      this.#expire();
    });
  }

  #expire(): void {
    const { initiator, isReachable, isUnanswered, giveUp } = this.#options;
    // Whoever watches the offer repeats it; its answer starts the time again.
    if (isUnanswered()) return;
    if (!isReachable()) this.#phase = 'waiting';
    else if (this.#spentMs >= MOST_MS || (initiator && this.#tries >= MOST_RESTARTS)) {
      this.stop();
      giveUp(this.#tries);
    } else this.#begin();
  }

  #forget(): void {
    this.#tries = 0;
    this.#spentMs = 0;
  }

  #stopWaiting(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  get #now(): number {
    return this.#options.clock.now();
  }
}
