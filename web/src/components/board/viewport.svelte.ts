import type { Position } from '../../call/board/board-object.ts';
import { type Box, around } from './bounds.ts';

const SMALLEST = 0.1;
/** What is fitted in may be smaller still, as long as a note is more than a dot. */
const SMALLEST_FITTED = 0.02;
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
    const least = Math.min(SMALLEST, this.#scale);
    this.#scale = Math.min(Math.max(this.#scale * factor, least), LARGEST);
    this.#left = x - around[0] / this.#scale;
    this.#top = y - around[1] / this.#scale;
  }

  /** Shows all of `boxes`, never enlarged; without any, the board's origin as it is. Of what lies too far apart, where most of it is. */
  fit(boxes: readonly Box[]): void {
    const all = around(boxes);
    const box = all && this.#scaleFor(all) < SMALLEST_FITTED ? this.#crowdOf(boxes) : all;
    this.#scale = box ? Math.min(Math.max(this.#scaleFor(box), SMALLEST_FITTED), 1) : 1;
    const [x, y] = box ? middleOf(box) : [0, 0];
    this.#left = box ? x - this.width / 2 / this.#scale : 0;
    this.#top = box ? y - this.height / 2 / this.#scale : 0;
  }

  #scaleFor({ left, top, right, bottom }: Box): number {
    return Math.min(
      (this.width - 2 * MARGIN) / Math.max(right - left, 1),
      (this.height - 2 * MARGIN) / Math.max(bottom - top, 1),
    );
  }

  /** Around what can be seen at once with the one in the middle of all. */
  #crowdOf(boxes: readonly Box[]): Box | null {
    const middles = boxes.map(middleOf);
    const [x, y] = [medianOf(middles.map(([at]) => at)), medianOf(middles.map(([, at]) => at))];
    const [width, height] = [this.width / 2, this.height / 2].map((size) => size / SMALLEST_FITTED);
    return around(
      boxes.filter((box) => {
        const [atX, atY] = middleOf(box);
        return Math.abs(atX - x) < (width ?? 0) && Math.abs(atY - y) < (height ?? 0);
      }),
    );
  }
}

function middleOf({ left, top, right, bottom }: Box): Position {
  return [(left + right) / 2, (top + bottom) / 2];
}

function medianOf(numbers: number[]): number {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0;
}
