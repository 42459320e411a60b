import type { Clock } from '../clock.ts';

type Due = { at: number; action: () => void };

/** A clock that a test moves by hand. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #due = new Set<Due>();

  now(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): () => void {
    const due = { at: this.#now + ms, action };
    this.#due.add(due);
    return () => this.#due.delete(due);
  }

  /** When the next action is due; Infinity if nothing is. */
  get next(): number {
    return Math.min(Infinity, ...[...this.#due].map(({ at }) => at));
  }

  /** Lets `ms` pass, running what falls due in its order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    while (this.next <= end) {
      const at = this.next;
      this.#now = at;
      for (const due of [...this.#due].filter((one) => one.at === at)) {
        if (this.#due.delete(due)) due.action();
      }
    }
    this.#now = end;
  }
}
