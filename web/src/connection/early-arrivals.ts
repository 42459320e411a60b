import type { Signal } from '@confab/protocol';

/** Most signals held for one link (R25). */
const MOST_HELD = 64;

/** Signals that came before their turn: within their epoch, or before the offer that opens it (R25, R31). */
export class EarlyArrivals {
  readonly #held = new Map<string, Signal>();

  /** Whether it is held now. One that is `due` always is, or a full buffer would never empty. */
  hold(signal: Signal, due: boolean): boolean {
    const key = keyOf(signal.epoch, signal.seq);
    if (this.#held.has(key)) return true;
    if (!due && this.#held.size >= MOST_HELD) return false;
    this.#held.set(key, signal);
    return true;
  }

  take(epoch: number, seq: number): Signal | undefined {
    const signal = this.#held.get(keyOf(epoch, seq));
    this.#held.delete(keyOf(epoch, seq));
    return signal;
  }

  /** Forgets what an opened epoch has made stale. */
  dropBefore(epoch: number): void {
    for (const [key, signal] of this.#held) if (signal.epoch < epoch) this.#held.delete(key);
  }
}

function keyOf(epoch: number, seq: number): string {
  return `${epoch}/${seq}`;
}
