import type { ReplyData } from '@confab/protocol';
import type { Clock } from './clock.ts';

export type IceAnswer = Pick<ReplyData<'token:renew'>, 'iceServers' | 'iceLifetime'>;

/** Of a credential's life, how much may have passed when it is used for a restart (R51). */
const FRESH_PART = 3 / 4;
/** How long a restart waits for a fresh one, in milliseconds: a stale one is better than none. */
const PATIENCE_MS = 1_500;

/** The ICE servers the server gave last, and whether their credentials can still be used (R51). */
export class IceCredentials {
  readonly #clock: Clock;
  readonly #renew: () => Promise<void>;
  readonly #wallClock: () => number;
  #servers: RTCIceServer[] = [];
  #staleAfterMs = Infinity;
  #keptAt = { clock: 0, wall: 0 };
  #renewing: Promise<void> | null = null;

  /** `renew` resolves when {@link keep} was called with the answer, or none will come. */
  constructor(clock: Clock, renew: () => Promise<void>, wallClock: () => number = Date.now) {
    this.#clock = clock;
    this.#renew = renew;
    this.#wallClock = wallClock;
  }

  get latest(): RTCIceServer[] {
    return this.#servers;
  }

  keep({ iceServers, iceLifetime = Infinity }: IceAnswer): void {
    this.#servers = iceServers.map(asBrowsersTakeIt);
    this.#staleAfterMs = iceLifetime * 1_000 * FRESH_PART;
    this.#keptAt = { clock: this.#clock.now(), wall: this.#wallClock() };
  }

  /** For an ICE restart or a new connection: renewed before, if that is needed and the server answers in time. */
  async ready(): Promise<RTCIceServer[]> {
    if (this.#age >= this.#staleAfterMs) await Promise.race([this.#renewed(), this.#patience()]);
    return this.#servers;
  }

  /** A page's clock stands still while its machine sleeps, and the wall's may be set back. */
  get #age(): number {
    return Math.max(this.#clock.now() - this.#keptAt.clock, this.#wallClock() - this.#keptAt.wall);
  }

  /** All links of a page may ask at once. */
  #renewed(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  #patience(): Promise<void> {
    return new Promise((done) => this.#clock.after(PATIENCE_MS, done));
  }
}

/** Leaves out what the server did not say, as the browser's type demands. */
function asBrowsersTakeIt({
  urls,
  username,
  credential,
}: IceAnswer['iceServers'][number]): RTCIceServer {
  return {
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  };
}
