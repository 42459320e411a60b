import { type NextTry, type Transport, TransportOrder } from './transport-order.ts';

/**
 * Longest pause between two tries, in milliseconds, in each round of them: while people wait for the server (about half a minute), while it
 * may still come back any moment (about one more), and when it is away for long. A port on which nobody listens turns a try down at once,
 * and costs next to nothing.
 */
const LONGEST_MS = [750, 2_000, 5_000] as const;
/** A try that nothing answers has taken 5 s already, and what came back meanwhile should not wait much longer. */
const AFTER_SILENCE_MS = 400;

/** How the library makes its tries: in rounds, each pause random and on average twice as long as the one before. */
export const TRYING = {
  timeout: 5_000,
  reconnectionDelay: 200,
  reconnectionDelayMax: LONGEST_MS[0],
  randomizationFactor: 1,
  reconnectionAttempts: 60,
};

/** The library's manager, as far as its tries are steered here. */
export type TriesManager = {
  readonly opts: Partial<NextTry>;
  reconnectionDelayMax(ms: number): unknown;
  on(
    event: 'reconnect_attempt' | 'reconnect' | 'reconnect_failed' | 'open' | 'close' | 'error',
    listener: (error: Error) => void,
  ): unknown;
};

/** Steers the tries to reach the server: which way they go, how soon they follow each other, and that they never end. */
export class ServerTries {
  readonly #manager: TriesManager;
  readonly #order: TransportOrder;
  #round = 0;
  #isOpen = false;

  /** `onTry` hears of every try but the first, `onMiss` of those that came to nothing; `tryOn` begins another round. */
  constructor(
    manager: TriesManager,
    allowed: Transport[],
    { onTry, onMiss, tryOn }: { onTry: () => void; onMiss: () => void; tryOn: () => void },
  ) {
    this.#manager = manager;
    this.#order = new TransportOrder(allowed);
    manager.on('reconnect_attempt', onTry);
    manager.on('reconnect', () => {
      this.#round = 0;
    });
    manager.on('reconnect_failed', () => {
      this.#round += 1;
      onTry();
      tryOn();
    });
    manager.on('open', () => {
      this.#isOpen = true;
    });
    manager.on('close', () => {
      this.#isOpen = false;
    });
    manager.on('error', ({ message }) => {
      if (this.#isOpen) return;
      this.#failed(message === 'timeout');
      onMiss();
    });
  }

  /** The server has let this page in. */
  succeeded(): void {
    this.#order.connected();
    this.#use(this.#order.first, LONGEST_MS[0]);
  }

  #failed(silently: boolean): void {
    const next = this.#order.afterFailure(silently ? 'silent' : 'refused');
    this.#use(next, silently ? AFTER_SILENCE_MS : (LONGEST_MS[this.#round] ?? LONGEST_MS[2]));
  }

  #use(next: NextTry, longestPause: number): void {
    Object.assign(this.#manager.opts, next);
    this.#manager.reconnectionDelayMax(longestPause);
  }
}
