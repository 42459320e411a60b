import { FILE_PIECE_BYTES } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { RollingMinimum } from './rolling-minimum.ts';

const LEAST = 2 * FILE_PIECE_BYTES;
const FIRST = 4 * FILE_PIECE_BYTES;
const MOST = 2_097_152;
/** What a transfer may add to the time that everything else takes on the same way, in milliseconds. */
const TARGET_MS = 40;
/** A page that is busy for a moment is no full way: only what lasts longer counts. */
const LASTING_MS = 100;
/** A way may become longer: after this time, twice at most, that is how long it is. */
const BASE_MS = 30_000;

/**
 * How much of files may be under way on a link: as much as fills what others leave, and no more. Voices and pictures on the same way wait
 * behind whatever lies in queues, so it is the delay that says how full the way is, and this end that gives in (as LEDBAT does, RFC 6817).
 */
export class SendWindow {
  readonly #clock: Clock;
  readonly #recent: RollingMinimum;
  readonly #base: RollingMinimum;
  #bytes = FIRST;
  #isFirstClimb = true;
  #calmUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#recent = new RollingMinimum(clock, LASTING_MS);
    this.#base = new RollingMinimum(clock, BASE_MS);
  }

  /** Bytes that may be under way. */
  get bytes(): number {
    return this.#bytes;
  }

  /** So many bytes have arrived, and hearing of it took `delay` milliseconds from sending them. */
  arrived(bytes: number, delay: number): void {
    this.#recent.see(delay);
    this.#base.see(delay);
    const queued = this.#recent.value - this.#base.value;
    if (queued > TARGET_MS) this.#yield(queued, delay);
    else if (this.#isFirstClimb) this.#set(this.#bytes + bytes);
    else {
      const room = 1 - queued / TARGET_MS;
      this.#set(this.#bytes + (room * FILE_PIECE_BYTES * bytes) / this.#bytes);
    }
  }

  /** Once for each way there and back: what was sent before says nothing about what was decided since. */
  #yield(queued: number, delay: number): void {
    this.#isFirstClimb = false;
    const now = this.#clock.now();
    if (now < this.#calmUntil) return;
    this.#calmUntil = now + Math.max(delay, LASTING_MS);
    this.#set(this.#bytes * Math.max(0.5, TARGET_MS / queued));
  }

  #set(bytes: number): void {
    this.#bytes = Math.min(MOST, Math.max(LEAST, bytes));
  }
}
