import type { Position } from '../../call/board/board-object.ts';
import type { Box } from './bounds.ts';

const SMALLEST = 0.1;
const LARGEST = 8;
/** Around what is fitted in, in CSS pixels. */
const MARGIN = 32;

/** Which part of the board one sees, and how large. On the screen, positions are CSS pixels from the board's corner. */
export class Viewport {
  width = $state(0);
  height = $state(0);
  #left = $state(0);
  #top = $state(0);
  #scale = $state(1);

  /** CSS pixels to a unit of the board. */
  get scale(): number {
    return this.#scale;
  }

  /** What lies in the middle. */
  get center(): Position {
    return this.toBoard([this.width / 2, this.height / 2]);
  }

  toBoard([x, y]: Position): Position {
    return [this.#left + x / this.#scale, this.#top + y / this.#scale];
  }

  toScreen([x, y]: Position): Position {
    return [(x - this.#left) * this.#scale, (y - this.#top) * this.#scale];
  }

  /** Moves the board along with a hand that goes so far on the screen. */
  pan([x, y]: Position): void {
    this.#left -= x / this.#scale;
    this.#top -= y / this.#scale;
  }

  /** Makes everything larger, or smaller below 1, while what lies at `around` on the screen stays there. */
  zoom(factor: number, around: Position = [this.width / 2, this.height / 2]): void {
    const [x, y] = this.toBoard(around);
    this.#scale = Math.min(Math.max(this.#scale * factor, SMALLEST), LARGEST);
    this.#left = x - around[0] / this.#scale;
    this.#top = y - around[1] / this.#scale;
  }

  /** Shows all of `box`, never enlarged; without one, the board's origin as it is. */
  fit(box: Box | null): void {
    const [width, height] = box ? [box.right - box.left, box.bottom - box.top] : [0, 0];
    const fits = Math.min(
      (this.width - 2 * MARGIN) / Math.max(width, 1),
      (this.height - 2 * MARGIN) / Math.max(height, 1),
    );
    this.#scale = Math.min(Math.max(fits, SMALLEST), 1);
    this.#left = box ? box.left + width / 2 - this.width / 2 / this.#scale : 0;
    this.#top = box ? box.top + height / 2 - this.height / 2 / this.#scale : 0;
  }
}
