import type { Board } from '../../call/board/board.svelte.ts';
import type { BoardObject, Position } from '../../call/board/board-object.ts';
import { type Ids, idsOf } from '../../call/board/ids.ts';
import { MOST_POINTS, type StrokePoint } from '../../call/board/stroke-points.ts';
import { type Box, boxOf, isAt, isTouched, overlap } from './bounds.ts';
import { TEXT_LOOKS } from './text-layout.ts';
import { Viewport } from './viewport.svelte.ts';

export const TOOLS = ['select', 'pen', 'eraser', 'text', 'note', 'hand'] as const;
export type Tool = (typeof TOOLS)[number];

/** How near is near enough, in CSS pixels: fingers are thicker than pointers. */
const REACH = 8;

/** Where the pointer is on the board, and how it presses. */
export type Touch = { at: Position; pressure: number; isPen: boolean; extends: boolean };

/** A stroke that is being drawn; its points count from `at`. */
export type Draft = { at: Position; isPen: boolean; points: StrokePoint[] };

/** What one has in hand at the board: tool, colour, what is selected, and what a gesture has done so far. */
export class Desk {
  readonly viewport = new Viewport();
  readonly #board: Board;
  tool = $state<Tool>('pen');
  color = $state(0);
  width = $state(0);
  #selected = $state.raw<Ids>(idsOf());
  #editing = $state<string | null>(null);
  #draft = $state.raw<Draft | null>(null);
  #erased = $state.raw<Ids>(idsOf());
  /** How far what is selected has been dragged. */
  #drag = $state.raw<Position>([0, 0]);
  #span = $state.raw<Box | null>(null);
  #began: Position | null = null;
  #last: Position = [0, 0];

  constructor(board: Board) {
    this.#board = board;
  }

  /** What is selected of what there is. */
  get selected(): BoardObject[] {
    return this.#board.objects.filter(({ id }) => this.#selected.has(id));
  }

  isSelected(id: string): boolean {
    return this.#selected.has(id);
  }

  /** The text or note that is being written. */
  get editing(): BoardObject | null {
    return this.#board.objects.find(({ id }) => id === this.#editing) ?? null;
  }

  get draft(): Draft | null {
    return this.#draft;
  }

  get drag(): Position {
    return this.#drag;
  }

  /** The rectangle that selects what it touches. */
  get span(): Box | null {
    return this.#span;
  }

  /** What the eraser has touched, and will be gone when it is lifted. */
  isErased(id: string): boolean {
    return this.#erased.has(id);
  }

  choose(tool: Tool): void {
    this.stopEditing();
    this.cancel();
    this.tool = tool;
    if (tool !== 'select') this.#selected = idsOf();
  }

  select(ids: Iterable<string>): void {
    this.#selected = idsOf(ids);
  }

  /** Writes into a text or a note. */
  edit(id: string): void {
    this.#selected = idsOf([id]);
    this.#editing = id;
  }

  /** A text without a word is nothing. */
  stopEditing(): void {
    const { editing } = this;
    this.#editing = null;
    if (editing?.shape.kind === 'text' && editing.text.trim() === '')
      this.#board.remove([editing.id]);
  }

  removeSelected(): void {
    const ids = this.selected.map(({ id }) => id);
    if (ids.length > 0) this.#board.remove(ids);
    this.#selected = idsOf();
  }

  moveSelected(by: Position): void {
    this.#board.move(
      this.selected.map(({ id }) => id),
      by,
    );
  }

  /** Puts a text or a note there, in the colour chosen, and writes into it. */
  put(kind: 'text' | 'note', at: Position): void {
    const { lowest, widest } = TEXT_LOOKS[kind];
    // A note's middle, and a text's line, is where one points.
    const corner: Position =
      kind === 'note' ? [at[0] - widest / 2, at[1] - lowest / 2] : [at[0], at[1] - lowest / 2];
    const id = this.#board.add({ kind, color: this.color }, corner);
    this.tool = 'select';
    if (id !== null) this.edit(id);
  }

  down(touch: Touch): void {
    this.stopEditing();
    const { at, pressure, isPen } = touch;
    [this.#began, this.#last] = [at, at];
    if (this.tool === 'pen') this.#draft = { at, isPen, points: [[0, 0, pressure]] };
    else if (this.tool === 'eraser') this.#erase(at);
    else if (this.tool === 'select') this.#grasp(touch);
  }

  /** All that the pointer has passed since the last time, however fast it was. */
  move(touches: Touch[]): void {
    if (this.#began === null) return;
    for (const touch of touches) {
      if (this.#draft) this.#draw(touch);
      else if (this.tool === 'eraser') this.#erase(touch.at);
      this.#last = touch.at;
    }
    const [[fromX, fromY], [x, y]] = [this.#began, this.#last];
    if (this.#span)
      this.#span = {
        left: Math.min(fromX, x),
        top: Math.min(fromY, y),
        right: Math.max(fromX, x),
        bottom: Math.max(fromY, y),
      };
    else if (this.tool === 'select') this.#drag = [x - fromX, y - fromY];
  }

  up(): void {
    const began = this.#began;
    if (began === null) return;
    if (this.#draft) this.#finish(this.#draft);
    if (this.#erased.size > 0) this.#board.remove(this.#erased);
    if (this.#drag[0] !== 0 || this.#drag[1] !== 0) this.moveSelected(this.#drag);
    const span = this.#span;
    if (span)
      this.select(
        this.#board.objects.filter((one) => overlap(boxOf(one), span)).map(({ id }) => id),
      );
    this.cancel();
    if (this.tool === 'text' || this.tool === 'note') this.put(this.tool, began);
  }

  /** What was begun is not meant: a second finger came, or the system took the pointer away. */
  cancel(): void {
    this.#began = null;
    this.#draft = null;
    this.#span = null;
    this.#drag = [0, 0];
    this.#erased = idsOf();
  }

  /** The topmost object there. */
  topAt(at: Position): BoardObject | undefined {
    return this.#board.objects.findLast((one) => isAt(one, at, REACH / this.viewport.scale));
  }

  fit(): void {
    this.viewport.fit(this.#board.objects.map(boxOf));
  }

  #grasp({ at, extends: adds }: Touch): void {
    const hit = this.topAt(at);
    if (!hit) {
      this.#selected = idsOf();
      this.#span = { left: at[0], top: at[1], right: at[0], bottom: at[1] };
    } else if (adds) this.#selected = idsOf(this.#selected, [hit.id]);
    else if (!this.#selected.has(hit.id)) this.#selected = idsOf([hit.id]);
  }

  #draw({ at, pressure }: Touch): void {
    const draft = this.#draft;
    if (!draft) return;
    const points: StrokePoint[] = [
      ...draft.points,
      [at[0] - draft.at[0], at[1] - draft.at[1], pressure],
    ];
    this.#draft = { ...draft, points };
    if (points.length < MOST_POINTS) return;
    this.#finish(this.#draft);
    this.#draft = { at, isPen: draft.isPen, points: [[0, 0, pressure]] };
  }

  #finish({ at, isPen, points }: Draft): void {
    const { color, width } = this;
    this.#board.add({ kind: 'stroke', color, width, isPen, points }, at);
  }

  #erase(at: Position): void {
    const reach = REACH / this.viewport.scale;
    const touched = this.#board.objects.filter(
      (one) => one.shape.kind === 'stroke' && isTouched(one, this.#last, at, reach),
    );
    if (touched.length > 0)
      this.#erased = idsOf(
        this.#erased,
        touched.map(({ id }) => id),
      );
  }
}
