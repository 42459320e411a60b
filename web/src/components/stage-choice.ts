import type { ViewMode } from '../call/view.svelte.ts';

/** One tile: somebody's picture, or the screen they share. */
export type Tile = { key: string; kind: 'person' | 'screen'; isSelf: boolean };

/** What somebody looks at: how they want tiles to lie, which one they pinned, and who has the floor; both by the tile's key. */
export type Gaze = { mode: ViewMode; pinned: string | null; speaker: string | null };

/** Which tiles are large and which are small beside them, each in the order given. Without small ones all are alike. */
export function chooseStage<Some extends Tile>(tiles: Some[], gaze: Gaze): [Some[], Some[]] {
  const isLarge = largeAmong(tiles, gaze);
  const [large, small] = [tiles.filter(isLarge), tiles.filter((tile) => !isLarge(tile))];
  return large.length === 0 ? [small, []] : [large, small];
}

function largeAmong(tiles: Tile[], { mode, pinned, speaker }: Gaze): (tile: Tile) => boolean {
  if (tiles.some(({ key }) => key === pinned)) return ({ key }) => key === pinned;
  if (mode === 'grid') return () => true;
  if (tiles.some(isOthersScreen)) return isOthersScreen;
  const people = tiles.filter(({ kind }) => kind === 'person');
  if (mode === 'speaker' && people.length > 1) {
    // Nobody comes to look at themselves, so before anybody has spoken it is whoever came first.
    const others = people.filter(({ isSelf }) => !isSelf);
    const shown = others.find(({ key }) => key === speaker) ?? others[0];
    return (tile) => tile === shown;
  }
  // One's own screen is before one's eyes already.
  return ({ kind }) => kind === 'person';
}

function isOthersScreen({ kind, isSelf }: Tile): boolean {
  return kind === 'screen' && !isSelf;
}
