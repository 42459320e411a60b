import { ArrivalWatch, type Silence, type Suspicion } from './arrival-watch.ts';
import type { Clock } from './clock.ts';
import type { LinkConnection } from './link-connection.ts';
import { QualityWatch } from './quality-watch.ts';
import { Weakness } from './weakness.ts';

export type LinkHealthListener = {
  /** Nothing arrives any more, or something does again. */
  onStalled(stalled: boolean): void;
  onWeak(weak: boolean): void;
};

/** What a connection that once worked looks like from its statistics. */
export class LinkHealth {
  readonly #arrivals: ArrivalWatch;
  readonly #quality: QualityWatch;
  readonly #weakness: Weakness;
  readonly #listener: LinkHealthListener;
  #stalled = false;

  constructor(clock: Clock, connection: () => LinkConnection, listener: LinkHealthListener) {
    this.#listener = listener;
    this.#weakness = new Weakness(clock, (weak) => listener.onWeak(weak));
    this.#arrivals = new ArrivalWatch(
      clock,
      () => connection().received(),
      (silence) => this.#fallSilent(silence),
    );
    this.#quality = new QualityWatch(
      clock,
      () => connection().stats(),
      (poor) => this.#weakness.set('poor', poor),
    );
  }

  get isStalled(): boolean {
    return this.#stalled;
  }

  start(): void {
    this.#arrivals.start();
    this.#quality.start();
  }

  /** See {@link ArrivalWatch.suspect}. */
  suspect(suspicion: Suspicion): void {
    this.#arrivals.suspect(suspicion);
  }

  stop(): void {
    this.#arrivals.stop();
    this.#quality.stop();
    this.#weakness.stop();
  }

  #fallSilent(silence: Silence): void {
    this.#weakness.set('quiet', silence === 'quiet');
    const stalled = silence === 'stalled';
    if (stalled === this.#stalled) return;
    this.#stalled = stalled;
    this.#listener.onStalled(stalled);
  }
}
