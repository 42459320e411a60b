import type { Clock } from './clock.ts';

const HOLD_MS = 3_000;

/** Whether a link that works is weak: as soon as anything says so, and no longer when nothing has said so for 3 s. */
export class Weakness {
  readonly #clock: Clock;
  readonly #onChange: (weak: boolean) => void;
  readonly #reasons = new Set<string>();
  #cancel: (() => void) | null = null;
  #weak = false;

  constructor(clock: Clock, onChange: (weak: boolean) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  set(reason: 'quiet' | 'poor', applies: boolean): void {
    if (applies) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    if (this.#reasons.size > 0) {
      this.stop();
      this.#become(true);
    } else if (this.#weak) {
      this.#cancel ??= this.#clock.after(HOLD_MS, () => this.#become(false));
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #become(weak: boolean): void {
    this.#cancel = null;
    if (weak === this.#weak) return;
    this.#weak = weak;
    this.#onChange(weak);
  }
}
