import { layoutStage, type Box } from '../components/stage-layout.ts';
import type { SceneTile } from './recorder-messages.ts';

/** Of the recorded picture, in pixels. */
export const WIDTH = 1280;
export const HEIGHT = 720;
const GAP = 8;

/** The latest picture of a tile. */
export type PictureOf = (key: string) => VideoFrame | undefined;

type Surface = OffscreenCanvasRenderingContext2D;

/** Draws the meeting as it is at one moment: everybody alike, or a shared screen large and the people beside it. */
export function drawScene(surface: Surface, tiles: SceneTile[], pictureOf: PictureOf): void {
  surface.fillStyle = '#0b100e';
  surface.fillRect(0, 0, WIDTH, HEIGHT);
  const screens = tiles.filter(({ isScreen }) => isScreen);
  const people = tiles.filter(({ isScreen }) => !isScreen);
  const hasScreen = screens.length > 0;
  const boxes = layoutStage(
    {
      large: hasScreen ? screens.length : people.length,
      small: hasScreen ? people.length : 0,
      isScreen: hasScreen,
    },
    { width: WIDTH - 2 * GAP, height: HEIGHT - 2 * GAP, gap: GAP },
  );
  for (const [place, tile] of [...screens, ...people].entries()) {
    const box = boxes[place];
    if (box) drawTile(surface, tile, inset(box), pictureOf(tile.key));
  }
}

function drawTile(
  surface: Surface,
  tile: SceneTile,
  box: Box,
  picture: VideoFrame | undefined,
): void {
  surface.save();
  surface.beginPath();
  surface.roundRect(box.left, box.top, box.width, box.height, 12);
  surface.clip();
  surface.fillStyle = '#1c2623';
  surface.fillRect(box.left, box.top, box.width, box.height);
  if (tile.isShown && picture) drawPicture(surface, picture, box, tile.isScreen);
  else if (!tile.isScreen) drawInitials(surface, tile, box);
  drawName(surface, tile.name, box);
  surface.restore();
}

/** A face fills its tile, cropped if need be; a screen is seen whole. */
function drawPicture(surface: Surface, picture: VideoFrame, box: Box, isWhole: boolean): void {
  const { displayWidth, displayHeight } = picture;
  const scales = [box.width / displayWidth, box.height / displayHeight];
  const scale = isWhole ? Math.min(...scales) : Math.max(...scales);
  const [width, height] = [displayWidth * scale, displayHeight * scale];
  surface.drawImage(
    picture,
    box.left + (box.width - width) / 2,
    box.top + (box.height - height) / 2,
    width,
    height,
  );
}

function drawInitials(surface: Surface, { initials, hue }: SceneTile, box: Box): void {
  const radius = Math.min(box.width, box.height) * 0.18;
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  surface.fillStyle = `oklch(0.42 0.075 ${hue})`;
  surface.beginPath();
  surface.arc(x, y, radius, 0, 2 * Math.PI);
  surface.fill();
  surface.fillStyle = `oklch(0.96 0.025 ${hue})`;
  surface.font = `600 ${Math.round(radius * 0.76)}px ${FONT}`;
  surface.textAlign = 'center';
  surface.textBaseline = 'middle';
  surface.fillText(initials, x, y);
}

function drawName(surface: Surface, name: string, box: Box): void {
  const size = Math.max(13, Math.min(20, Math.round(box.height / 16)));
  const margin = Math.round(size / 2);
  surface.font = `550 ${size}px ${FONT}`;
  surface.textAlign = 'left';
  surface.textBaseline = 'middle';
  const width = Math.min(surface.measureText(name).width + 2 * margin, box.width - 2 * margin);
  const [left, height] = [box.left + margin, Math.round(size * 1.7)];
  const top = box.top + box.height - margin - height;
  surface.fillStyle = '#0b100ec7';
  surface.beginPath();
  surface.roundRect(left, top, width, height, size / 2);
  surface.fill();
  surface.clip();
  surface.fillStyle = '#eef3f0';
  surface.fillText(name, left + margin, top + height / 2 + 1);
}

function inset({ left, top, width, height }: Box): Box {
  return { left: left + GAP, top: top + GAP, width, height };
}

const FONT = 'Figtree, system-ui, sans-serif';
