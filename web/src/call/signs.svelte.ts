import type { LiveReaction } from '@confab/protocol';
import type { SignsConnection } from '../connection/signs-connection.ts';
import { StoredSwitch } from './stored-switch.svelte.ts';

/** What of the connection the signs are made through. */
export type SignsLine = Pick<SignsConnection, 'events' | 'setHand' | 'setAway' | 'react'>;

/** One reaction on its way up the screen. */
export type FloatingReaction = { key: number; from: string; emoji: LiveReaction };

/** How long a reaction is seen; milliseconds. */
export const REACTION_MS = 5_000;
/** More at once would hide the people behind them. */
const MOST_FLOATING = 12;

/** One's hand and everybody's reactions, as the screen shows them. */
export class Signs {
  /** Whether one wants to see reactions. */
  readonly reactions = new StoredSwitch('confab:reactions');
  readonly #line: SignsLine;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  readonly #closers: (() => void)[];
  #wantedHand = $state<boolean | null>(null);
  #floating = $state.raw<FloatingReaction[]>([]);
  #count = 0;

  readonly #onShow: (participantId: string, emoji: LiveReaction | null) => void;

  /** `onShow` hears what is shown of whom from now on; null when nothing is any more. */
  constructor(
    line: SignsLine,
    onShow: (participantId: string, emoji: LiveReaction | null) => void,
  ) {
    this.#line = line;
    this.#onShow = onShow;
    this.#closers = [
      line.events.on('hand', ({ wanted }) => (this.#wantedHand = wanted)),
      line.events.on('reaction', ({ participantId: from, emoji }) => {
        if (this.reactions.isOn) this.#float(from, emoji);
      }),
    ];
  }

  /** How one's own hand is to be, as long as the server has not said it; else null. */
  get wantedHand(): boolean | null {
    return this.#wantedHand;
  }

  /** The latest reactions, oldest first; each for {@link REACTION_MS}. */
  get floating(): FloatingReaction[] {
    return this.#floating;
  }

  setHand(isUp: boolean): void {
    this.#line.setHand(isUp);
  }

  setAway(isAway: boolean): void {
    this.#line.setAway(isAway);
  }

  /** Resolves when it was shown, or the server did not take it. */
  react(emoji: LiveReaction): Promise<void> {
    return this.#line.react(emoji);
  }

  close(): void {
    for (const close of this.#closers.splice(0)) close();
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }

  #float(from: string, emoji: LiveReaction): void {
    this.#count += 1;
    const reaction = { key: this.#count, from, emoji };
    this.#floating = [...this.#floating, reaction].slice(-MOST_FLOATING);
    this.#onShow(from, emoji);
    const timer = setTimeout(() => {
      this.#timers.splice(this.#timers.indexOf(timer), 1);
      this.#floating = this.#floating.filter((one) => one !== reaction);
      if (!this.#floating.some((one) => one.from === from)) this.#onShow(from, null);
    }, REACTION_MS);
    this.#timers.push(timer);
  }
}
