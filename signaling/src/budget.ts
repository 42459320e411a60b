/** How many requests of one class a connection may send: `perSecond` on average, `burst` at once. */
export type Allowance = { perSecond: number; burst: number };

export const allowances = {
  /** A newcomer offers to everybody at once, and each answers with candidates. */
  signals: { perSecond: 60, burst: 600 },
  requests: { perSecond: 20, burst: 100 },
  /** Messages, changes and reactions of one participant: faster than people write, slower than a flood. */
  chat: { perSecond: 2, burst: 20 },
  /** Everybody makes all links to whoever has loaded the page again anew. */
  reloads: { perSecond: 0.2, burst: 10 },
  /** Hosts are told of all who wait where one of them is new. */
  knocks: { perSecond: 0.2, burst: 5 },
  /** Everybody sees each: a burst of joy, no hail. */
  reactions: { perSecond: 1, burst: 5 },
  /** This app says it every five seconds at most. */
  reports: { perSecond: 0.5, burst: 5 },
} as const satisfies Record<string, Allowance>;

/** Refusals without a pause after which a connection is no longer worth answering. */
const PERSISTENT = 1_000;

/**
 * A token bucket. Two numbers and two additions, because one is asked for every signal: a general limiter with a timer and a promise for each
 * would cost more than the relay.
 */
export class Budget {
  private readonly allowance: Allowance;
  private left: number;
  private filledAt: number;
  private refused = 0;

  constructor(allowance: Allowance, now: number) {
    this.allowance = allowance;
    this.left = allowance.burst;
    this.filledAt = now;
  }

  /** Takes one, at `now` milliseconds. `persistent`: refused so often that the connection should end. */
  take(now: number): 'granted' | 'refused' | 'persistent' {
    const { perSecond, burst } = this.allowance;
    this.left = Math.min(burst, this.left + (Math.max(0, now - this.filledAt) * perSecond) / 1000);
    this.filledAt = now;
    if (this.left === burst) this.refused = 0;
    if (this.left >= 1) {
      this.left--;
      return 'granted';
    }
    return ++this.refused > PERSISTENT ? 'persistent' : 'refused';
  }
}
