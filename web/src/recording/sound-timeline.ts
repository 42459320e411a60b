import { CHANNELS, RATE } from './recorder-messages.ts';

/** Sound may be so far from the clock before it is put right; seconds. A shorter way is the jitter of blocks, a longer one is heard. */
const TOLERANCE = 0.12;

/** A piece of sound and where it belongs; seconds from the beginning. */
export type PlacedSound = { timestamp: number; samples: Float32Array<ArrayBuffer> };

/**
 * Puts blocks of sound one after the other, in time with the clock: where the computer was busy or a device was changed, silence stands for what
 * is missing, and where sound comes faster than time passes, a block is left out.
 */
export class SoundTimeline {
  readonly #beganAt: number;
  #written = 0;

  /** `beganAt` in milliseconds. */
  constructor(beganAt: number) {
    this.#beganAt = beganAt;
  }

  /** Places a block that was heard until `at` (milliseconds); with silence before it where there is a gap. */
  place(samples: Float32Array<ArrayBuffer>, at: number): PlacedSound[] {
    const frames = samples.length / CHANNELS;
    const gap = this.#behind(at) - frames;
    if (gap < -TOLERANCE * RATE) return [];
    // Nothing was heard before the first block, so it lies where it was heard.
    const isLate = gap > TOLERANCE * RATE || (this.#written === 0 && gap > 0);
    return [...(isLate ? this.#silence(gap) : []), this.#put(samples)];
  }

  /** Silence for whatever is missing before `at` (milliseconds). */
  fill(at: number): PlacedSound[] {
    const missing = this.#behind(at);
    return missing > 0 ? this.#silence(missing) : [];
  }

  /** In frames. */
  #behind(at: number): number {
    return Math.round(((at - this.#beganAt) / 1000) * RATE) - this.#written;
  }

  /** In pieces of a second at most. */
  #silence(frames: number): PlacedSound[] {
    const pieces: PlacedSound[] = [];
    for (let left = frames; left > 0; left -= RATE)
      pieces.push(this.#put(new Float32Array(Math.min(left, RATE) * CHANNELS)));
    return pieces;
  }

  #put(samples: Float32Array<ArrayBuffer>): PlacedSound {
    const timestamp = this.#written / RATE;
    this.#written += samples.length / CHANNELS;
    return { timestamp, samples };
  }
}
