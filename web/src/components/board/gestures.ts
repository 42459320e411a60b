import type { Position } from '../../call/board/board-object.ts';
import type { Desk, Touch } from './desk.svelte.ts';

const WHEEL_ZOOM = 0.0015;
const PINCH_ZOOM = 0.01;
const LINE = 16;
const MIDDLE_BUTTON = 1;

/**
 * What fingers, pens and mice do at the board. One draws; two fingers move and zoom it; a finger beside a pen that has been used moves it,
 * so that a palm draws nothing.
 */
export class Gestures {
  readonly #desk: Desk;
  readonly #surface: HTMLElement;
  readonly #down = new Map<number, Position>();
  #acting: number | null = null;
  #pen: number | null = null;
  #hasPen = false;

  constructor(desk: Desk, surface: HTMLElement) {
    this.#desk = desk;
    this.#surface = surface;
  }

  down(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0 && event.button !== MIDDLE_BUTTON)
      return;
    // A palm beside a pen means nothing, whichever of them came first.
    if (event.pointerType === 'touch' && this.#pen !== null) return;
    if (event.pointerType === 'pen') this.#take(event);
    this.#surface.setPointerCapture(event.pointerId);
    this.#down.set(event.pointerId, this.#position(event));
    if (this.#down.size > 1 || this.#moves(event)) {
      this.#desk.cancel();
      this.#acting = null;
      return;
    }
    this.#acting = event.pointerId;
    this.#desk.down(this.#touch(event));
  }

  move(event: PointerEvent): void {
    if (event.pointerId === this.#acting) {
      // Between two frames a pen or a finger goes through more points than one.
      const events = event.getCoalescedEvents();
      const all = events.length > 0 ? events : [event];
      this.#desk.move(all.map((one) => this.#touch(one)));
    }
    const before = this.#down.get(event.pointerId);
    if (!before) return;
    const here = this.#position(event);
    if (this.#acting === null) this.#follow(event.pointerId, before, here);
    this.#down.set(event.pointerId, here);
  }

  up(event: PointerEvent): void {
    this.#down.delete(event.pointerId);
    if (event.pointerId === this.#pen) this.#pen = null;
    if (event.pointerId !== this.#acting) return;
    this.#acting = null;
    if (event.type === 'pointercancel') this.#desk.cancel();
    else this.#desk.up();
  }

  /** A wheel moves the board; with Control, which is also what a trackpad's pinch says, it zooms. */
  wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
    const [x, y] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) {
      const strength = Math.abs(y) < 40 ? PINCH_ZOOM : WHEEL_ZOOM;
      this.#desk.viewport.zoom(Math.exp(-y * strength), this.#position(event));
    } else if (event.shiftKey && x === 0) this.#desk.viewport.pan([-y, 0]);
    else this.#desk.viewport.pan([-x, -y]);
  }

  /** Where on the board an event is. */
  at(event: MouseEvent): Position {
    return this.#desk.viewport.toBoard(this.#position(event));
  }

  #take({ pointerId }: PointerEvent): void {
    this.#hasPen = true;
    this.#pen = pointerId;
    this.#down.clear();
    this.#desk.cancel();
  }

  #moves({ pointerType, button }: PointerEvent): boolean {
    const isPalm = this.#hasPen && pointerType === 'touch';
    return this.#desk.tool === 'hand' || button === MIDDLE_BUTTON || isPalm;
  }

  /** One finger drags the board along; of two, the other one stays where it is, and the board turns larger or smaller around it. */
  #follow(id: number, before: Position, here: Position): void {
    const other = [...this.#down].find(([one]) => one !== id)?.[1];
    const { viewport } = this.#desk;
    if (!other) viewport.pan([here[0] - before[0], here[1] - before[1]]);
    else {
      viewport.pan([(here[0] - before[0]) / 2, (here[1] - before[1]) / 2]);
      const apart = ([x, y]: Position) => Math.hypot(x - other[0], y - other[1]);
      const middle: Position = [(here[0] + other[0]) / 2, (here[1] + other[1]) / 2];
      if (apart(before) > 0) viewport.zoom(apart(here) / apart(before), middle);
    }
  }

  #touch(event: PointerEvent): Touch {
    const isPen = event.pointerType === 'pen';
    return {
      at: this.at(event),
      pressure: isPen ? event.pressure : 0.5,
      isPen,
      extends: event.shiftKey,
    };
  }

  #position({ clientX, clientY }: MouseEvent): Position {
    const { left, top } = this.#surface.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }
}
