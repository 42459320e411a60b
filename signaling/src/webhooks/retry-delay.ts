/** After the first failure, and at most (milliseconds). */
const FIRST = 1_000;
const LONGEST = 30 * 60_000;

/** How long to wait after so many failures in a row: twice as long each time, and each receiver and meeting at another moment. `chance` is from 0 to 1. */
export function retryDelay(failures: number, chance: number = Math.random()): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(30, failures - 1));
  return Math.round(whole * (0.5 + chance / 2));
}
