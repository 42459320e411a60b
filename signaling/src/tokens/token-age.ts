import type { Clock } from '../clock.ts';

/** How far the two clocks may drift apart before that counts as one of them being set (seconds). */
const SET = 5;
/** How often it may have been set for what was made before to be told apart. */
const MOST_SPANS = 16;

/** While `ahead` was the difference between the two clocks, what the clock on the wall showed (seconds). */
type Span = { from: number; until: number; ahead: number };

/**
 * How long ago a token was made, though the clock by which it says so may have been set meanwhile. It is known of those that were made by this process;
 * the others are what the clock makes of them.
 */
export class TokenAge {
  private readonly clock: Clock;
  private readonly spans: Span[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
    this.now();
  }

  /** Seconds since 1970; to be asked for whatever a token says. */
  now(): number {
    const now = this.clock.now() / 1000;
    const ahead = now - this.elapsed();
    const span = this.spans.at(-1);
    if (span !== undefined && Math.abs(span.ahead - ahead) <= SET) {
      span.until = Math.max(span.until, now);
      return now;
    }
    this.spans.push({ from: Math.floor(now), until: now, ahead });
    if (this.spans.length > MOST_SPANS) this.spans.shift();
    return now;
  }

  /** Seconds by {@link Clock.elapsed}. */
  elapsed(): number {
    return this.clock.elapsed() / 1000;
  }

  /** Whether the clock has shown this time since the process began. */
  hasShown(time: number): boolean {
    return this.spansAt(time).length > 0;
  }

  /**
   * For how many seconds a token counts that is good from `iat` to `exp`; negative when it is over. Where the clock was set back, it may have been made when
   * the clock showed `iat` the second time, and counts for longer by as much as that.
   */
  left({ iat, exp }: { iat: number; exp: number }): number {
    const now = this.now();
    const spans = this.spansAt(iat);
    if (spans.length === 0) return exp - now;
    return Math.max(...spans.map(({ ahead }) => exp - ahead - this.elapsed()));
  }

  private spansAt(time: number): Span[] {
    return this.spans.filter(({ from, until }) => from <= time && time <= until);
  }
}
