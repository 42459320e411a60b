import type { BoardObject } from '../../call/board/board-object.ts';
import * as m from '../../paraglide/messages.js';
import { saveFile } from '../save-file.ts';
import { around, boxOf } from './bounds.ts';
import { BOARD_PAPER } from './looks.ts';
import { paintObjects } from './paint.ts';

const MARGIN = 40;
const SHARPNESS = 2;
/** Browsers draw no canvas of any size, and phones none of many pixels. */
const LONGEST_SIDE = 8_192;
const MOST_PIXELS = 16_000_000;

/** Gives whoever asks all of the whiteboard as a PNG. It is made in this page and sent nowhere. */
export async function savePicture(objects: readonly BoardObject[]): Promise<void> {
  const picture = await drawAll(objects);
  if (picture) saveFile(picture, `${m.board_save_name()}-${today()}.png`);
}

/** Gives whoever asks the notes as a text file. */
export function saveNotes(notes: string): void {
  saveFile(new Blob([notes], { type: 'text/plain' }), `${m.board_notes_name()}-${today()}.txt`);
}

function drawAll(objects: readonly BoardObject[]): Promise<Blob | null> {
  const box = around(objects.map(boxOf)) ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const shown = {
    left: box.left - MARGIN,
    top: box.top - MARGIN,
    right: box.right + MARGIN,
    bottom: box.bottom + MARGIN,
  };
  const [width, height] = [shown.right - shown.left, shown.bottom - shown.top];
  const scale = Math.min(
    SHARPNESS,
    LONGEST_SIDE / Math.max(width, height),
    Math.sqrt(MOST_PIXELS / (width * height)),
  );
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  context.fillStyle = BOARD_PAPER;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.setTransform(scale, 0, 0, scale, -shown.left * scale, -shown.top * scale);
  paintObjects(context, objects, shown);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
