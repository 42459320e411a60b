import type { Call } from './call.svelte.ts';
import type { Problem } from './problems.ts';
import type { Waiting } from './waiting.svelte.ts';

/** Where a visit is: which screen one is on. */
export type Stage =
  | { name: 'opening' }
  | { name: 'green-room' }
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
