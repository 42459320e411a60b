import type { Suspicion } from './arrival-watch.ts';
import type { Clock } from './clock.ts';

const TICK_MS = 1_000;
/** Even a hidden page's timers come within this time of when they are due. */
const SLEPT_MS = 5_000;

/** Notices what often breaks links before they do: another network, none any more and one again, a machine that slept. */
export class NetworkWatch {
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #onChange: (suspicion: Suspicion) => void;
  readonly #connection: EventTarget | undefined;
  #lastTick: number;
  #cancel: () => void;

  /** `now` tells the time of day: a page's own clock may stand still while the machine sleeps. */
  constructor(
    clock: Clock,
    onChange: (suspicion: Suspicion) => void,
    now: () => number = () => Date.now(),
  ) {
    this.#clock = clock;
    this.#now = now;
    this.#onChange = onChange;
    this.#connection = connectionOf(navigator);
    this.#lastTick = now();
    this.#cancel = this.#tickLater();
    addEventListener('online', this.#onOnline);
    this.#connection?.addEventListener('change', this.#onAnother);
  }

  close(): void {
    this.#cancel();
    removeEventListener('online', this.#onOnline);
    this.#connection?.removeEventListener('change', this.#onAnother);
  }

  readonly #onOnline = () => this.#onChange('strong');

  /** Also told where merely the speed of the network seems to be another. */
  readonly #onAnother = () => this.#onChange('slight');

  #tickLater(): () => void {
    return this.#clock.after(TICK_MS, () => {
      const now = this.#now();
      const slept = now - this.#lastTick > TICK_MS + SLEPT_MS;
      this.#lastTick = now;
      this.#cancel = this.#tickLater();
      if (slept) this.#onChange('strong');
    });
  }
}

/** Not in every browser, and so in no type. */
function connectionOf(browser: object): EventTarget | undefined {
  return 'connection' in browser && browser.connection instanceof EventTarget
    ? browser.connection
    : undefined;
}
