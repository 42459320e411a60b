import type { Clock } from './clock.ts';

const TICK_MS = 1_000;
/** Even a hidden page's timers come within this time of when they are due. */
const SLEPT_MS = 5_000;

/** Notices what often breaks links before they do: another network, none any more and one again, a machine that slept. */
export class NetworkWatch {
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #onChange: () => void;
  readonly #connection: EventTarget | undefined;
  #lastTick: number;
  #cancel: () => void;

  /** `now` tells the time of day: a page's own clock may stand still while the machine sleeps. */
  constructor(clock: Clock, onChange: () => void, now: () => number = () => Date.now()) {
    this.#clock = clock;
    this.#now = now;
    this.#onChange = onChange;
    this.#connection = connectionOf(navigator);
    this.#lastTick = now();
    this.#cancel = this.#tickLater();
    addEventListener('online', this.#onChange);
    this.#connection?.addEventListener('change', this.#onChange);
  }

  close(): void {
    this.#cancel();
    removeEventListener('online', this.#onChange);
    this.#connection?.removeEventListener('change', this.#onChange);
  }

  #tickLater(): () => void {
    return this.#clock.after(TICK_MS, () => {
      const now = this.#now();
      const slept = now - this.#lastTick > TICK_MS + SLEPT_MS;
      this.#lastTick = now;
      this.#cancel = this.#tickLater();
      if (slept) this.#onChange();
    });
  }
}

/** Not in every browser, and so in no type. */
function connectionOf(browser: object): EventTarget | undefined {
  return 'connection' in browser && browser.connection instanceof EventTarget
    ? browser.connection
    : undefined;
}
