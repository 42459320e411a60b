/** How tiles lie: `columns` in a full row, each tile `width` by `height` in whole CSS pixels. */
export type GridLayout = { columns: number; rows: number; width: number; height: number };

export type GridSpace = { width: number; height: number; gap: number };

/** On a space narrower than this, a phone held upright, tiles may be upright too (CSS pixels). */
const PHONE_WIDTH = 600;

/** The shapes, as width over height, between which a picture is cropped but nobody loses their face. */
export type TileShape = { narrowest: number; widest: number };
const UPRIGHT: TileShape = { narrowest: 9 / 16, widest: 16 / 9 };
export const WIDE: TileShape = { narrowest: 4 / 3, widest: 16 / 9 };

/** The arrangement of `count` equal tiles that shows most of everybody in `space`, without scrolling. */
export function layoutTiles(
  count: number,
  space: GridSpace,
  shape: TileShape = shapeFor(space),
): GridLayout {
  const layouts = Array.from({ length: Math.max(1, count) }, (_, index) =>
    withColumns(index + 1, count, space, shape),
  );
  // Of equal ones the first has fewer columns, so fewer holes in its last row.
  return layouts.reduce((best, layout) => (area(layout) > area(best) * 1.001 ? layout : best));
}

function shapeFor({ width, height }: GridSpace): TileShape {
  return height > width && width < PHONE_WIDTH ? UPRIGHT : WIDE;
}

function withColumns(
  columns: number,
  count: number,
  { width, height, gap }: GridSpace,
  shape: TileShape,
) {
  const rows = Math.ceil(Math.max(1, count) / columns);
  const cellWidth = Math.max(0, (width - gap * (columns - 1)) / columns);
  const cellHeight = Math.max(0, (height - gap * (rows - 1)) / rows);
  const tileWidth = Math.min(cellWidth, cellHeight * shape.widest);
  const tileHeight = Math.min(cellHeight, tileWidth / shape.narrowest);
  return { columns, rows, width: Math.floor(tileWidth), height: Math.floor(tileHeight) };
}

function area({ width, height }: GridLayout): number {
  return width * height;
}
