/** How far behind the greatest counter a late envelope may come; older ones count as repeated. */
const WINDOW = 8_192;

/** Remembers which counters of one incarnation were opened, so that each is believed once (R19). */
export class ReplayGuard {
  readonly #opened = new Set<number>();
  #greatest = 0;

  /** True the first time only. */
  admit(counter: number): boolean {
    if (counter <= this.#greatest - WINDOW || this.#opened.has(counter)) return false;
    this.#opened.add(counter);
    if (counter > this.#greatest) this.#advance(counter);
    return true;
  }

  /** For an envelope that was opened but could not be taken now: its repetition is welcome. */
  forget(counter: number): void {
    this.#opened.delete(counter);
  }

  #advance(greatest: number): void {
    this.#greatest = greatest;
    if (this.#opened.size <= 2 * WINDOW) return;
    for (const counter of this.#opened) {
      if (counter <= greatest - WINDOW) this.#opened.delete(counter);
    }
  }
}
