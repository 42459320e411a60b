import { ArrivalRhythm } from './arrival-rhythm.ts';
import type { Clock } from './clock.ts';
import { type Received, hasArrived } from './received.ts';

/** Reading statistics while links are being made costs first pictures. */
const FIRST_LOOK_MS = 3_000;
const LOOK_MS = 500;
const STALLED_MS = 2_500;
const QUIET_MS = 1_000;
const SUSPICION_MS = 5_000;
/** Whoever looks late knows nothing of the time in between: the machine was busy or asleep, and so may be what counts. */
const MOST_COUNTED_MS = 1_000;
/** After a pause browsers take some two seconds to send pictures again. */
const AFTER_STALL_MS = 1_500;
/** A link that is often silent for some time is not in trouble when it is again. */
const OFTEN = 2;

/** `quiet`: something is missing for a second. `stalled`: nothing will come by itself (R34). */
export type Silence = 'none' | 'quiet' | 'stalled';

/** Watches whether anything arrives: a browser takes 6 s and more to notice that nothing does. */
export class ArrivalWatch {
  readonly #clock: Clock;
  readonly #look: () => Promise<Received | null>;
  readonly #onChange: (silence: Silence) => void;
  readonly #rhythm = new ArrivalRhythm();
  #cancel: (() => void) | null = null;
  #before: Received | null = null;
  #lookedAt = 0;
  #silentMs = 0;
  #silence: Silence = 'none';
  #suspectUntil = -Infinity;
  #stopped = false;

  constructor(
    clock: Clock,
    look: () => Promise<Received | null>,
    onChange: (silence: Silence) => void,
  ) {
    this.#clock = clock;
    this.#look = look;
    this.#onChange = onChange;
  }

  /** From now on something is expected. */
  start(): void {
    this.#cancel ??= this.#lookAfter(FIRST_LOOK_MS);
  }

  /** Something happened that often breaks links: for a while a second of silence is enough. */
  suspect(): void {
    this.#suspectUntil = this.#clock.now() + SUSPICION_MS;
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #lookAfter(ms: number): () => void {
    return this.#clock.after(ms, () => {
      this.#look().then(
        (received) => this.#judge(received),
        () => this.#judge(null),
      );
    });
  }

  #judge(received: Received | null): void {
    if (this.#stopped) return;
    const now = this.#clock.now();
    const passed = Math.min(now - this.#lookedAt, MOST_COUNTED_MS);
    const isFirst = this.#before === null;
    if (received && (this.#before === null || hasArrived(this.#before, received))) {
      const isBack = this.#silence === 'stalled';
      if (!isFirst) this.#rhythm.note(now, isBack ? AFTER_STALL_MS : this.#silentMs + passed);
      this.#silentMs = 0;
    } else if (!isFirst) this.#silentMs += passed;
    this.#before = received ?? this.#before;
    this.#lookedAt = now;
    this.#cancel = this.#lookAfter(LOOK_MS);
    this.#become(this.#verdict(now));
  }

  #verdict(now: number): Silence {
    const usual = this.#rhythm.longest * OFTEN;
    const isSuspect = now < this.#suspectUntil;
    // Once stalled, only an arrival ends it.
    if (this.#silence === 'stalled' && this.#silentMs > 0) return 'stalled';
    if (this.#silentMs >= Math.max(isSuspect ? QUIET_MS : STALLED_MS, usual)) return 'stalled';
    return this.#silentMs > Math.max(QUIET_MS, usual) ? 'quiet' : 'none';
  }

  #become(silence: Silence): void {
    if (silence === this.#silence) return;
    this.#silence = silence;
    this.#onChange(silence);
  }
}
