/** A point of a stroke: its place relative to the stroke's, in the board's units, and how hard the pen was pressed, from 0 to 1. */
export type StrokePoint = [x: number, y: number, pressure: number];

/** A stroke with more points goes on as another. */
export const MOST_POINTS = 2_000;

/** Steps to a unit: finer than anybody draws. */
const STEPS = 4;
const FARTHEST = 2 ** 24;

/** The bytes of a stroke, some three a point: for each, how far it is from the one before (zigzag varints), and its pressure in a byte. */
export function encodePoints(points: readonly StrokePoint[]): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let [fromX, fromY] = [0, 0];
  for (const [x, y, pressure] of points.slice(0, MOST_POINTS)) {
    const [toX, toY] = [Math.round(x * STEPS), Math.round(y * STEPS)];
    writeNumber(bytes, toX - fromX);
    writeNumber(bytes, toY - fromY);
    bytes.push(Math.round(Math.min(Math.max(pressure, 0), 1) * 255));
    [fromX, fromY] = [toX, toY];
  }
  return new Uint8Array(bytes);
}

/** The points in `bytes`, or null for what is no stroke: anybody may have written it. */
export function decodePoints(bytes: Uint8Array): StrokePoint[] | null {
  const points: StrokePoint[] = [];
  let at = 0;
  let [x, y] = [0, 0];
  const readNumber = () => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined || factor > FARTHEST) return NaN;
      value += (byte & 127) * factor;
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      factor *= 128;
    }
  };
  while (at < bytes.length) {
    x += readNumber();
    y += readNumber();
    const pressure = bytes[at++];
    const isFar = !(Math.abs(x) < FARTHEST && Math.abs(y) < FARTHEST);
    if (isFar || pressure === undefined || points.length === MOST_POINTS) return null;
    points.push([x / STEPS, y / STEPS, pressure / 255]);
  }
  return points.length === 0 ? null : points;
}

function writeNumber(bytes: number[], value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}
