import { BackOff } from './back-off.ts';
import type { Clock } from './clock.ts';

const LONGEST_WAIT_MS = 15_000;

export type LinkRepairOptions = {
  /** Only the initiator makes connections; the other side asks for them. */
  initiator: boolean;
  clock: Clock;
  isReachable: () => boolean;
  /** Resolves or rejects when a connection can be made. */
  prepare: () => Promise<unknown>;
  open: () => void;
  ask: () => void;
};

/** Decides when a link's connection is made, and made anew: at growing intervals up to 15 s, without end (R34). */
export class LinkRepair {
  readonly #options: LinkRepairOptions;
  readonly #backOff: BackOff;
  #due: boolean;

  constructor(options: LinkRepairOptions) {
    this.#options = options;
    this.#backOff = new BackOff(options.clock, LONGEST_WAIT_MS);
    this.#due = options.initiator;
  }

  /** How many connections in a row came to nothing. */
  get failures(): number {
    return this.#backOff.tries;
  }

  /** Every second new connection uses relays alone. */
  get relayOnly(): boolean {
    return this.failures > 0 && this.failures % 2 === 0;
  }

  /** The last connection came to nothing, or ended, after `age` milliseconds. */
  fail(age: number): void {
    this.#backOff.schedule(() => this.#repair(), age);
  }

  /** The other side can be told something again. */
  reachable(): void {
    if (this.#due) this.#repair();
  }

  /** A connection is being made. */
  opened(): void {
    this.#due = false;
    this.#backOff.stop();
  }

  succeeded(): void {
    this.#due = false;
    this.#backOff.succeeded();
  }

  stop(): void {
    this.opened();
  }

  #repair(): void {
    const { initiator, isReachable, open, ask, prepare } = this.#options;
    this.#due = true;
    if (!isReachable()) return;
    if (!initiator) {
      this.#due = false;
      ask();
      this.#backOff.schedule(() => this.#repair());
    } else if (this.failures === 0) open();
    else {
      const openIfDue = () => {
        if (this.#due && isReachable()) open();
      };
      prepare().then(openIfDue, openIfDue);
    }
  }
}
