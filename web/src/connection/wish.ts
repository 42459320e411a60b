import { Refusal, type RefusalCode } from '@confab/protocol';
import type { Clock } from './clock.ts';

const TRY_AGAIN_MS = 1_000;
/** Asking again may help: the server did not answer, or not now. */
const PASSING: RefusalCode[] = ['timeout', 'too-many-requests', 'internal', 'server-draining'];

/** Something the server is to be told: the latest value counts, and is told until it has arrived or is refused for good. */
export class Wish<Value> {
  readonly #clock: Clock;
  readonly #tell: (value: Value) => Promise<unknown>;
  readonly #onSettled: () => void;
  #wanted: { value: Value } | null = null;
  #isOpen = false;
  #isAsking = false;
  #cancel: (() => void) | null = null;

  /** `onSettled` hears when there is nothing more to tell. */
  constructor(clock: Clock, tell: (value: Value) => Promise<unknown>, onSettled: () => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#onSettled = onSettled;
  }

  set(value: Value): void {
    this.#wanted = { value };
    this.#ask();
  }

  /** The server can be told from now on. */
  resume(): void {
    this.#isOpen = true;
    this.#ask();
  }

  /** The server is away; what it was not told waits. */
  pause(): void {
    this.#isOpen = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  #ask(): void {
    const wanted = this.#wanted;
    if (wanted === null || !this.#isOpen || this.#isAsking || this.#cancel) return;
    this.#isAsking = true;
    this.#tell(wanted.value).then(
      () => this.#answered(wanted, true),
      (error: unknown) => {
        this.#answered(wanted, error instanceof Refusal && !PASSING.includes(error.code));
      },
    );
  }

  #answered(asked: { value: Value }, isSettled: boolean): void {
    this.#isAsking = false;
    if (this.#wanted !== asked) this.#ask();
    else if (isSettled) {
      this.#wanted = null;
      this.#onSettled();
    } else if (this.#isOpen) {
      this.#cancel = this.#clock.after(TRY_AGAIN_MS, () => {
        this.#cancel = null;
        this.#ask();
      });
    }
  }
}
