import type { Clock } from '../clock.ts';

// Five wrong ones are a slip of the hand; from then on every wrong one doubles the wait, up to a quarter of an hour.
const FREE_GUESSES = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 900_000;
const MAX_REMEMBERED = 50_000;

type Guesses = { wrong: number; waitUntil: number };

/** Makes guessing passcodes slow, per guesser: the caller decides what tells guessers apart. */
export class PasscodeGuesses {
  private readonly clock: Clock;
  private readonly guesses = new Map<string, Guesses>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Whether this guesser has to wait before the next try. */
  mustWait(guesser: string): boolean {
    return (this.guesses.get(guesser)?.waitUntil ?? 0) > this.clock.now();
  }

  /**
   * Counts a guess before it is checked, so that many at the same moment count as many.
   */
  tried(guesser: string): void {
    const wrong = (this.guesses.get(guesser)?.wrong ?? 0) + 1;
    const beyond = wrong - FREE_GUESSES;
    const wait =
      beyond < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(beyond, 20));
    this.guesses.delete(guesser);
    this.guesses.set(guesser, { wrong, waitUntil: this.clock.now() + wait });
    this.forgetOldest();
  }

  /** The guess was right. */
  right(guesser: string): void {
    this.guesses.delete(guesser);
  }

  private forgetOldest(): void {
    if (this.guesses.size <= MAX_REMEMBERED) return;
    const [oldest] = this.guesses.keys();
    if (oldest !== undefined) this.guesses.delete(oldest);
  }
}
