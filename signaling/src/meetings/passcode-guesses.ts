import type { Clock } from '../clock.ts';

/** So many wrong ones of a network are slips of the hand; from then on every wrong one doubles the wait, up to a quarter of an hour. */
const FREE_GUESSES = 5;
/** The same for all IPv6 networks of a /48 together, which one line may have the run of. */
const FREE_TOGETHER = 50;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 900_000;
const MAX_REMEMBERED = 50_000;

/** Who guesses, and how often that is a slip of the hand. */
type Guesser = { name: string; free: number };

type Guesses = { wrong: number; waitUntil: number };

/** As whom somebody at this network guesses a meeting's passcode: as that network, and as the /48 that an IPv6 one is of. */
export function guessersOf(meetingId: string, network: string): Guesser[] {
  const guesser = { name: `${meetingId} ${network}`, free: FREE_GUESSES };
  if (!network.includes(':')) return [guesser];
  const site = network.split(':').slice(0, 3).join(':');
  return [guesser, { name: `${meetingId} ${site}/48`, free: FREE_TOGETHER }];
}

/** Makes guessing passcodes slow, per guesser. */
export class PasscodeGuesses {
  private readonly clock: Clock;
  private readonly guesses = new Map<string, Guesses>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Whether this guesser has to wait before the next try. */
  mustWait({ name }: Guesser): boolean {
    return (this.guesses.get(name)?.waitUntil ?? 0) > this.clock.elapsed();
  }

  /** Counts a guess before it is checked, so that many at the same moment count as many. */
  tried({ name, free }: Guesser): void {
    const wrong = (this.guesses.get(name)?.wrong ?? 0) + 1;
    const beyond = wrong - free;
    const wait =
      beyond < 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(beyond, 20));
    this.guesses.delete(name);
    this.guesses.set(name, { wrong, waitUntil: this.clock.elapsed() + wait });
    this.forgetOldest();
  }

  /** The guess was right. */
  right({ name }: Guesser): void {
    this.guesses.delete(name);
  }

  private forgetOldest(): void {
    if (this.guesses.size <= MAX_REMEMBERED) return;
    const [oldest] = this.guesses.keys();
    if (oldest !== undefined) this.guesses.delete(oldest);
  }
}
