import type { Call } from './call.svelte.ts';
import type { Problem } from './problems.ts';
import type { Waiting } from './waiting.svelte.ts';

/** `at`: in seconds since 1970 UTC; `in`: seconds from when the server said so. */
export type Opening = { at: number; in: number };

/** Where a visit is: which screen one is on. */
export type Stage =
  | { name: 'opening' }
  | { name: 'green-room' }
  /** Before it opens (R108), and when that will be. */
  | { name: 'early'; opening: Opening }
  /** Another tab of this browser is in the meeting. */
  | { name: 'elsewhere' }
  /** On the way into a seat without stopping in the green room. */
  | { name: 'returning' }
  /** Until a host lets one in. */
  | { name: 'waiting'; waiting: Waiting }
  | { name: 'meeting'; call: Call }
  /** Another tab, or another page, has the seat now. */
  | { name: 'moved' }
  | { name: 'goodbye' }
  /** `wasSeated`: it ended one's part in the meeting. */
  | { name: 'problem'; problem: Problem; wasSeated: boolean };
