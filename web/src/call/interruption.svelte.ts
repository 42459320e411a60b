import type { ConnectionState } from '../connection/meeting-events.ts';

/** Shorter ones pass unnoticed, as when a server restarts; milliseconds. */
const NOTICEABLE_MS = 2_000;
/** From here on somebody may wonder whether it ever ends. */
const LONG_MS = 60_000;

/** How long the server has been away, as far as anybody should care: not at all, for a moment, or for long. */
export class Interruption {
  #extent = $state<'none' | 'noticeable' | 'long'>('none');
  readonly #onChange: (isOver: boolean) => void;
  #timers: ReturnType<typeof setTimeout>[] = [];

  /** `onChange` hears when one becomes noticeable, and when such a one is over. */
  constructor(onChange: (isOver: boolean) => void) {
    this.#onChange = onChange;
  }

  get extent(): 'none' | 'noticeable' | 'long' {
    return this.#extent;
  }

  /** Takes over how the page stands with the server now. */
  see(state: ConnectionState): void {
    if (state.status !== 'reconnecting') this.#end();
    else if (this.#timers.length === 0)
      this.#timers = [
        // What was silent has been away for longer than that already.
        setTimeout(() => this.#begin(), state.silent ? 0 : NOTICEABLE_MS),
        setTimeout(() => (this.#extent = 'long'), LONG_MS),
      ];
  }

  close(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }

  #begin(): void {
    this.#extent = 'noticeable';
    this.#onChange(false);
  }

  #end(): void {
    this.close();
    const wasNoticed = this.#extent !== 'none';
    this.#extent = 'none';
    if (wasNoticed) this.#onChange(true);
  }
}
