import type { Board } from '../../call/board/board.svelte.ts';
import type { BoardObject } from '../../call/board/board-object.ts';
import { type Box, boxOf } from './bounds.ts';
import type { Desk } from './desk.svelte.ts';
import { COLORS } from './looks.ts';
import { moved, paintFrame, paintGrid, paintObjects } from './paint.ts';
import { outline } from './stroke-outline.ts';

/** Keeps the two canvases as the board and the desk are: at most once a frame, and each only when it looks different. */
export class Painter {
  readonly #lower: HTMLCanvasElement;
  readonly #upper: HTMLCanvasElement;
  readonly #board: Board;
  readonly #desk: Desk;
  #frame = 0;
  #isLowerDue = false;
  #seen: unknown[] = [];
  #above: Pick<Desk, 'draft' | 'span' | 'selected'> | null = null;

  constructor(lower: HTMLCanvasElement, upper: HTMLCanvasElement, board: Board, desk: Desk) {
    this.#lower = lower;
    this.#upper = upper;
    this.#board = board;
    this.#desk = desk;
    // What was measured and drawn in a substitute is drawn anew when the font is there.
    document.fonts.ready.then(
      () => this.#ask(true),
      () => undefined,
    );
  }

  /** Reads all that the picture depends on, so that an effect around it runs when any of that changes. */
  follow(): void {
    const desk = this.#desk;
    const { viewport } = desk;
    const { width, height, scale } = viewport;
    const { objects } = this.#board;
    const isDragging = desk.drag.some((one) => one !== 0);
    const erased = objects.filter(({ id }) => desk.isErased(id)).length;
    const seen = [
      ...[objects, width, height, scale, ...viewport.toBoard([0, 0]), erased],
      ...[desk.editing?.id, desk.drag, isDragging && desk.selected],
    ];
    const isSame = seen.every((value, index) => value === this.#seen[index]);
    this.#seen = seen;
    this.#above = { draft: desk.draft, span: desk.span, selected: desk.selected };
    this.#ask(!isSame);
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
  }

  #ask(lower: boolean): void {
    this.#isLowerDue ||= lower;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#isLowerDue) this.#paintLower();
      this.#isLowerDue = false;
      this.#paintUpper();
    });
  }

  #paintLower(): void {
    const desk = this.#desk;
    this.#paint(this.#lower, (context, shown) => {
      paintGrid(context, shown, desk.viewport.scale);
      const { editing } = desk;
      const there = this.#board.objects.filter(
        ({ id }) => id !== editing?.id && !desk.isErased(id),
      );
      paintObjects(
        context,
        there.map((one) => this.#dragged(one)),
        shown,
      );
    });
  }

  #paintUpper(): void {
    const desk = this.#desk;
    this.#paint(this.#upper, (context) => {
      if (!this.#above) return;
      const { viewport } = desk;
      const { draft, span, selected } = this.#above;
      for (const one of selected) paintFrame(context, boxOf(this.#dragged(one)), viewport.scale);
      if (span) paintFrame(context, span, viewport.scale);
      if (!draft) return;
      context.fillStyle = (COLORS[desk.color] ?? COLORS[0]).ink;
      context.translate(...draft.at);
      const { color, width } = desk;
      context.fill(outline({ kind: 'stroke', color, width, ...draft }, false));
    });
  }

  #dragged(object: BoardObject): BoardObject {
    const { drag } = this.#desk;
    const isMoved = drag.some((one) => one !== 0) && this.#desk.isSelected(object.id);
    return isMoved ? moved(object, drag) : object;
  }

  #paint(
    canvas: HTMLCanvasElement,
    draw: (context: CanvasRenderingContext2D, shown: Box) => void,
  ): void {
    const { viewport } = this.#desk;
    const context = canvas.getContext('2d');
    if (!context || viewport.width === 0) return;
    const ratio = devicePixelRatio;
    const [width, height] = [viewport.width, viewport.height].map((one) => Math.round(one * ratio));
    // Setting a size also clears, and costs a new picture.
    if (canvas.width !== width) canvas.width = width ?? 0;
    if (canvas.height !== height) canvas.height = height ?? 0;
    const [left, top] = viewport.toBoard([0, 0]);
    const [right, bottom] = viewport.toBoard([viewport.width, viewport.height]);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    const scale = viewport.scale * ratio;
    context.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
    draw(context, { left, top, right, bottom });
  }
}
