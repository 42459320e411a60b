import { wordsForFault } from './words-for-fault.ts';

/** What would be lost with the meeting, besides what goes on in it. */
export type Losses = { schedule: boolean; invitations: number };

/** How long there is to think better of it, in milliseconds. */
export const SECOND_THOUGHT_MS = 3_000;

/** How long it is looked what would be lost, while nothing is to be seen of it; milliseconds. */
const LOOK_MS = 2_000;

/** `soon`: by itself, unless it is called off; `asking`: at a second click. */
type State = 'none' | 'looking' | 'soon' | 'asking' | 'ending';

type EndingParts = {
  /** What would be lost; it may fail. */
  look: () => Promise<Losses>;
  end: () => Promise<void>;
};

/** Ending a meeting for everybody: a click ends it after a moment in which it can be called off. Where meetings to come are lost with it, it is asked first. */
export class Ending {
  readonly #parts: EndingParts;
  #state = $state.raw<State>('none');
  #losses = $state.raw<Losses>({ schedule: false, invitations: 0 });
  #fault = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: EndingParts) {
    this.#parts = parts;
  }

  get state(): State {
    return this.#state;
  }

  get losses(): Losses {
    return this.#losses;
  }

  /** Why it came to nothing; empty if it did not. */
  get fault(): string {
    return this.#fault;
  }

  async begin(): Promise<void> {
    if (this.#state !== 'none') return;
    this.#fault = '';
    this.#state = 'looking';
    const losses = await Promise.race([this.#parts.look().catch(() => null), later(LOOK_MS)]);
    if (this.#isOver('looking')) return;
    this.#losses = losses ?? { schedule: false, invitations: 0 };
    // Where nobody can say what would be lost, it is not lost by a slip.
    const isMuch = losses === null || losses.schedule;
    this.#state = isMuch ? 'asking' : 'soon';
    if (!isMuch) this.#timer = setTimeout(() => void this.end(), SECOND_THOUGHT_MS);
  }

  callOff(): void {
    clearTimeout(this.#timer);
    if (this.#state !== 'ending') this.#state = 'none';
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#state = 'ending';
    try {
      await this.#parts.end();
    } catch (error) {
      this.#fault = wordsForFault(error);
      this.#state = 'none';
    }
  }

  /** Whether it was called off meanwhile. */
  #isOver(expected: State): boolean {
    return this.#state !== expected;
  }
}

function later(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}
