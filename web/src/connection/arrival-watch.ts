import { ArrivalRhythm } from './arrival-rhythm.ts';
import type { Clock } from './clock.ts';
import { type Received, hasArrived } from './received.ts';

/** Reading statistics while links are being made costs first pictures. */
const FIRST_LOOK_MS = 3_000;
const LOOK_MS = 500;
const LEAST_LOOK_MS = 50;
/** While something has stopped that people look at, and as long as they may still be waiting for it. */
const STALLED_LOOK_MS = 100;
const WAITED_FOR_MS = 60_000;
const QUIET_MS = 1_000;
const SUSPICION_MS = 5_000;
/** Whoever looks late knows nothing of the time in between: the machine was busy or asleep, and so may be what counts. */
const MOST_COUNTED_MS = 1_000;
/** On such a machine packets come in heaps: for a while, a silence must be so many times longer than a look was late. */
const PATIENCE = 4;
const LATE_FOR_MS = 5_000;
/** After a stall the old patience counts for a while: on a machine that has no time, haste would cost still more of it. */
const PATIENT_MS = 60_000;
/** After a pause browsers take some two seconds to send pictures again. */
const AFTER_STALL_MS = 1_500;
/** A link that is often silent for some time is not in trouble when it is again. */
const OFTEN = 2;

/** `quiet`: something is missing for a second. `stalled`: nothing will come by itself (R34). */
export type Silence = 'none' | 'quiet' | 'stalled';

/**
 * How sure it is that something happened to the way: a connection to the server that was lost may be the server's doing, a network that is
 * another one is not.
 */
export type Suspicion = 'slight' | 'strong';

/** How long a silence is a stall, in milliseconds: on any link, and on one where something comes all the time (R49). */
const STALLED_MS = { any: { none: 2_500, slight: QUIET_MS }, lively: 700 };
/** After a strong sign, what is usual counts for little: a restart without need costs less than waiting. */
const SURELY_STALLED_MS = { least: 250, most: 500 };

/** Watches whether anything arrives: a browser takes 6 s and more to notice that nothing does. */
export class ArrivalWatch {
  readonly #clock: Clock;
  readonly #look: () => Promise<Received | null>;
  readonly #onChange: (silence: Silence) => void;
  readonly #rhythm = new ArrivalRhythm();
  #cancel: (() => void) | null = null;
  #before: Received | null = null;
  #lookedAt = 0;
  #dueAt = 0;
  /** The latest look of the last seconds, by how much it was late. */
  #lateMs = 0;
  #lateUntil = -Infinity;
  #silentMs = 0;
  /** Whether the last look found nothing new. */
  #isSilent = false;
  #silence: Silence = 'none';
  #patientUntil = -Infinity;
  #suspicion: Suspicion = 'slight';
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

  /** Something happened that often breaks links: for a while a shorter silence is enough. */
  suspect(suspicion: Suspicion): void {
    const now = this.#clock.now();
    const isStrong = suspicion === 'strong' || this.#suspicionAt(now) === 'strong';
    this.#suspicion = isStrong ? 'strong' : 'slight';
    this.#suspectUntil = now + SUSPICION_MS;
    // The first look is hurried only for good reason. One that is being taken is followed by the next soon enough.
    const isWorthIt = this.#before !== null || suspicion === 'strong';
    if (this.#cancel === null || this.#stopped || !isWorthIt || now >= this.#dueAt) return;
    this.#cancel();
    this.#cancel = this.#lookAfter(0);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #lookAfter(ms: number): () => void {
    this.#dueAt = this.#clock.now() + ms;
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
    this.#noteLateness(now);
    this.#count(received, now);
    this.#lookedAt = now;
    const verdict = this.#verdict(now);
    this.#cancel = this.#lookAfter(this.#untilNextLook(verdict, now));
    this.#become(verdict);
  }

  #untilNextLook(verdict: Silence, now: number): number {
    if (verdict === 'stalled') return this.#silentMs < WAITED_FOR_MS ? STALLED_LOOK_MS : LOOK_MS;
    const untilStalled = this.#stalledMs(now) - this.#silentMs;
    return Math.min(Math.max(LEAST_LOOK_MS, untilStalled), LOOK_MS);
  }

  #noteLateness(now: number): void {
    const ms = Math.max(0, now - this.#dueAt);
    if (ms < this.#lateMs && now < this.#lateUntil) return;
    this.#lateMs = ms;
    this.#lateUntil = now + LATE_FOR_MS;
  }

  #count(received: Received | null, now: number): void {
    const before = this.#before;
    const passed = Math.min(now - this.#lookedAt, MOST_COUNTED_MS);
    this.#before = received ?? before;
    if (received && (before === null || hasArrived(before, received))) {
      const age = Math.min(received.age ?? 0, passed);
      const isBack = this.#silence === 'stalled';
      // Silence that had begun at the last look is over; what has begun since is judged before it counts as usual.
      const mayBeLonger = received.age === undefined || this.#isSilent;
      const gap = this.#silentMs + (mayBeLonger ? passed - age : 0);
      if (before) this.#rhythm.note(now, isBack ? AFTER_STALL_MS : gap);
      this.#silentMs = age;
      this.#isSilent = false;
    } else if (before) {
      this.#silentMs += passed;
      this.#isSilent = true;
    }
  }

  #verdict(now: number): Silence {
    // Once stalled, only an arrival ends it.
    if (this.#silence === 'stalled' && this.#isSilent) return 'stalled';
    if (this.#silentMs >= this.#stalledMs(now)) return 'stalled';
    return this.#silentMs > Math.max(QUIET_MS, this.#rhythm.longest * OFTEN) ? 'quiet' : 'none';
  }

  #stalledMs(now: number): number {
    const usual = this.#rhythm.longest * OFTEN;
    const suspicion = this.#suspicionAt(now);
    if (suspicion === 'strong')
      return Math.min(Math.max(SURELY_STALLED_MS.least, usual), SURELY_STALLED_MS.most);
    const isLively = this.#rhythm.isLively && now >= this.#patientUntil;
    const most = STALLED_MS.any[suspicion];
    const lively = Math.min(STALLED_MS.lively + this.#lateMs * PATIENCE, most);
    return Math.max(isLively ? lively : most, usual);
  }

  #suspicionAt(now: number): 'none' | Suspicion {
    return now < this.#suspectUntil ? this.#suspicion : 'none';
  }

  #become(silence: Silence): void {
    if (silence === this.#silence) return;
    this.#silence = silence;
    if (silence === 'stalled') this.#patientUntil = this.#clock.now() + PATIENT_MS;
    this.#onChange(silence);
  }
}
