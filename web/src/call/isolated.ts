import { directionOf } from '../words/languages.ts';
import { spokenLanguage } from '../words/spoken.svelte.ts';

/** Letters of Hebrew, Arabic and their kin, and characters that turn a text round. */
const TURNS =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name as it may stand inside a sentence: in whichever direction it is written, it leaves the rest in order (Unicode UAX #9, FSI and
 * PDI). One that runs as its sentence does stays as it is: whoever looks for the words finds them.
 */
export function isolated(name: string): string {
  const mayTurn = TURNS.test(name) || directionOf(spokenLanguage()) === 'rtl';
  return mayTurn ? `\u2068${name}\u2069` : name;
}
