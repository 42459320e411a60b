import type { Board } from '../../call/board/board.svelte.ts';
import type { Position } from '../../call/board/board-object.ts';
import { type Desk, TOOLS } from './desk.svelte.ts';

const STEP = 8;
const LONG_STEP = 64;
const PAN = 64;

const ARROWS: Record<string, Position> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What keys do while the board has the focus. Whoever is writing keeps all but Escape, which ends the writing. */
export function runBoardKey(
  event: KeyboardEvent,
  board: Board,
  desk: Desk,
  isTyping: boolean,
): void {
  if (isTyping ? !runWhileTyping(event, desk) : !run(event, board, desk)) return;
  event.preventDefault();
  event.stopPropagation();
}

function runWhileTyping({ key, isComposing }: KeyboardEvent, desk: Desk): boolean {
  if (key !== 'Escape' || isComposing || !desk.editing) return false;
  desk.stopEditing();
  return true;
}

function run(event: KeyboardEvent, board: Board, desk: Desk): boolean {
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'y' || (key === 'z' && event.shiftKey)) board.undoing.redo();
    else if (key === 'z') board.undoing.undo();
    else if (key === 'a') {
      desk.choose('select');
      desk.select(board.objects.map(({ id }) => id));
    } else return false;
    return true;
  }
  if (event.altKey) return false;
  const tool = TOOLS[Number(key) - 1];
  const arrow = ARROWS[event.key];
  if (tool) desk.choose(tool);
  else if (key === 'delete' || key === 'backspace') desk.removeSelected();
  else if (key === '+' || key === '=') desk.viewport.zoom(1.25);
  else if (key === '-') desk.viewport.zoom(0.8);
  else if (key === '0') desk.fit();
  else if (arrow && isOnSurface(event)) step(arrow, event.shiftKey, desk);
  else if (key === 'enter' && isOnSurface(event)) return enter(desk);
  else if (key === 'escape' && desk.selected.length > 0) desk.select([]);
  else return false;
  return true;
}

/** Elsewhere in the panel arrows and Enter have work of their own. */
function isOnSurface({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.matches('[role="application"]');
}

/** Moves what is selected, or what one sees. */
function step([x, y]: Position, isLong: boolean, desk: Desk): void {
  const length = isLong ? LONG_STEP : STEP;
  if (desk.selected.length > 0) desk.moveSelected([x * length, y * length]);
  else desk.viewport.pan([-x * PAN, -y * PAN]);
}

/** Puts a text or a note where one looks, or writes into the one that is selected. */
function enter(desk: Desk): boolean {
  const [only, ...others] = desk.selected;
  if (desk.tool === 'text' || desk.tool === 'note') desk.put(desk.tool, desk.viewport.center);
  else if (only && others.length === 0 && only.shape.kind !== 'stroke') desk.edit(only.id);
  else return false;
  return true;
}
