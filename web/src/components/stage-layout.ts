import { type GridSpace, layoutTiles, WIDE } from './grid-layout.ts';

/** Where a tile lies, in whole CSS pixels from the upper left corner. */
export type Box = { left: number; top: number; width: number; height: number };

/** How many tiles are large and how many small, and whether the large ones are screens, which are wide and must not be cropped. */
export type StageTiles = { large: number; small: number; isScreen: boolean };

/** Which part of the space the small tiles may take, tried one after the other until they are not too small. */
const SHARES = [0.16, 0.2, 0.25, 0.3, 0.36, 0.42];
/** A face and a name are still told apart (CSS pixels). */
const LEAST = { width: 120, height: 66 };
/** The usual shape of a screen, as width over height. */
const SCREEN_SHAPE = 16 / 10;

/** Where all tiles lie, the large ones first: everything fits, nothing overlaps. Without small ones, all are alike. */
export function layoutStage({ large, small, isScreen }: StageTiles, space: GridSpace): Box[] {
  const whole = { left: 0, top: 0, width: space.width, height: space.height };
  if (small === 0) return spread(large, whole, space.gap);
  const parts = space.height > space.width ? stacked : sideBySide;
  const [stage, strip] = parts({ large, small, isScreen }, space);
  const largeBoxes = isScreen && large === 1 ? [stage] : spread(large, stage, space.gap);
  return [...largeBoxes, ...spread(small, strip, space.gap, true)];
}

/** On a wide space: the small ones in columns at the right. */
function sideBySide({ small }: StageTiles, { width, height, gap }: GridSpace): [Box, Box] {
  const offers = SHARES.map((share) => Math.floor(width * share));
  const tried = offers.map((offer) => layoutTiles(small, { width: offer, height, gap }, WIDE));
  const { columns, width: tile } = firstFitting(tried);
  const strip = Math.max(0, columns * (tile + gap) - gap);
  const stage = Math.max(0, width - strip - gap);
  return [
    { left: 0, top: 0, width: stage, height },
    { left: stage + gap, top: 0, width: strip, height },
  ];
}

/** On a tall space: the small ones in rows below. A wide screen leaves them all that it does not need. */
function stacked({ large, small, isScreen }: StageTiles, space: GridSpace): [Box, Box] {
  const { width, height, gap } = space;
  const offers = SHARES.map((share) => Math.floor(height * share));
  const tried = offers.map((offer) => layoutTiles(small, { width, height: offer, gap }, WIDE));
  const { rows, height: tile } = firstFitting(tried);
  const least = small === 1 ? height / 2 : 0;
  const needed = isScreen ? Math.max(least, (width / SCREEN_SHAPE) * large) : height;
  const stage = Math.max(0, Math.floor(Math.min(needed, height - rows * (tile + gap))));
  return [
    { left: 0, top: 0, width, height: stage },
    { left: 0, top: stage + gap, width, height: Math.max(0, height - stage - gap) },
  ];
}

function firstFitting(tried: ReturnType<typeof layoutTiles>[]) {
  const fits = tried.find(({ width, height }) => width >= LEAST.width && height >= LEAST.height);
  const widest = tried.reduce((best, one) => (one.width > best.width ? one : best));
  return fits ?? widest;
}

/** Lays tiles into a part of the space, in the middle of it and of every row. */
function spread(count: number, part: Box, gap: number, isSmall = false): Box[] {
  const { width, height } = part;
  const shape = isSmall ? WIDE : undefined;
  const grid = layoutTiles(count, { width, height, gap }, shape);
  const top = part.top + middle(height, grid.rows, grid.height, gap);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / grid.columns);
    const inRow = Math.min(grid.columns, count - row * grid.columns);
    const left = part.left + middle(width, inRow, grid.width, gap);
    return {
      left: left + (index % grid.columns) * (grid.width + gap),
      top: top + row * (grid.height + gap),
      width: grid.width,
      height: grid.height,
    };
  });
}

function middle(space: number, count: number, size: number, gap: number): number {
  return Math.max(0, Math.floor((space - count * (size + gap) + gap) / 2));
}
