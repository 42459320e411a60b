import { LOUD_DB, QUIET_DB } from './loudness-scale.ts';

/** How loud somebody speaks on average, from 0 to 1 (R33), and how often that was heard, ten times a second. */
export type Voice = { level: number; times: number };

/** Three seconds of speech: before, a mean says little. */
const LEAST_TIMES = 30;
/** Softer than this nobody is made, whoever they are compared with. */
const MOST_DB = 10;

/**
 * How much softer to play each of the voices, as a factor from 0.3 to 1, so that all are as loud as the one in the middle. Only softer: what
 * amplifies what is received takes the browser's echo cancellation away. And by the middle, not by the quietest: whoever claims to
 * whisper changes nothing for the others.
 */
export function evenedOut(voices: ReadonlyMap<string, Voice>): Map<string, number> {
  const known = [...voices].filter(([, { times }]) => times >= LEAST_TIMES);
  const sorted = known.map(([, { level }]) => level).sort((one, other) => one - other);
  const target = sorted[Math.floor((sorted.length - 1) / 2)] ?? 1;
  return new Map(
    known.map(([id, { level }]) => {
      const tooLoud = Math.max(0, level - target) * (LOUD_DB - QUIET_DB);
      return [id, 10 ** (-Math.min(MOST_DB, tooLoud) / 20)];
    }),
  );
}
