import { beforeEach, expect, it, vi } from 'vitest';
import type { Board } from '../../call/board/board.svelte.ts';
import type { Position } from '../../call/board/board-object.ts';
import { Desk } from './desk.svelte.ts';
import { Gestures } from './gestures.ts';

type PointerType = 'touch' | 'pen' | 'mouse';

const board = { objects: [], add: vi.fn(), move: vi.fn(), remove: vi.fn() };
let desk: Desk;
let gestures: Gestures;

beforeEach(() => {
  vi.clearAllMocks();
  desk = new Desk(board as unknown as Board);
  const surface = document.createElement('div');
  surface.setPointerCapture = () => undefined;
  gestures = new Gestures(desk, surface);
});

/** A finger, a pen or a mouse at the board. */
function pointer(pointerId: number, pointerType: PointerType) {
  const event = (type: string, [clientX, clientY]: Position) =>
    Object.assign(new MouseEvent(type, { clientX, clientY, button: 0 }), {
      pointerId,
      pointerType,
      pressure: 0.7,
      getCoalescedEvents: () => [],
    }) as unknown as PointerEvent;
  return {
    down: (at: Position) => gestures.down(event('pointerdown', at)),
    move: (at: Position) => gestures.move(event('pointermove', at)),
    up: (at: Position) => gestures.up(event('pointerup', at)),
    cancel: (at: Position) => gestures.up(event('pointercancel', at)),
  };
}

const drawn = () => board.add.mock.calls.map(([shape]) => shape as { isPen: boolean });

it('draws with one finger', () => {
  const finger = pointer(1, 'touch');
  finger.down([10, 10]);
  finger.move([40, 30]);
  finger.up([40, 30]);
  expect(drawn()).toMatchObject([
    {
      kind: 'stroke',
      isPen: false,
      points: [
        [0, 0, 0.5],
        [30, 20, 0.5],
      ],
    },
  ]);
});

it('moves and zooms with two fingers, around what lies between them, and draws nothing', () => {
  const [one, other] = [pointer(1, 'touch'), pointer(2, 'touch')];
  one.down([100, 100]);
  one.move([101, 100]);
  other.down([201, 100]);
  one.move([51, 100]);
  other.move([251, 100]);
  expect(desk.viewport.scale).toBeCloseTo(2);
  expect(desk.viewport.toScreen([151, 100])[0]).toBeCloseTo(151);

  one.up([51, 100]);
  other.move([271, 110]);
  expect(desk.viewport.scale).toBeCloseTo(2);
  expect(desk.viewport.toScreen([151, 100])[1]).toBeCloseTo(110);
  other.up([271, 110]);
  expect(drawn()).toEqual([]);
});

it('draws with a pen whose hand rests on the board, before it came or after', () => {
  const [palm, edge, pen] = [pointer(1, 'touch'), pointer(2, 'touch'), pointer(3, 'pen')];
  palm.down([200, 200]);
  pen.down([10, 10]);
  palm.move([205, 202]);
  edge.down([220, 220]);
  pen.move([30, 10]);
  edge.up([220, 220]);
  palm.up([205, 202]);
  pen.up([30, 10]);
  expect(drawn()).toMatchObject([{ isPen: true, points: [[0, 0, 0.7], { length: 3 }] }]);
  expect(desk.viewport.toScreen([0, 0])).toEqual([0, 0]);
});

it('moves the board with a finger once a pen was used', () => {
  const [pen, finger] = [pointer(1, 'pen'), pointer(2, 'touch')];
  pen.down([10, 10]);
  pen.up([10, 10]);
  finger.down([50, 50]);
  finger.move([70, 60]);
  finger.up([70, 60]);
  expect(drawn()).toHaveLength(1);
  expect(desk.viewport.toScreen([0, 0])).toEqual([20, 10]);
});

it('draws nothing of what the system takes away', () => {
  const finger = pointer(1, 'touch');
  finger.down([10, 10]);
  finger.move([40, 30]);
  finger.cancel([40, 30]);
  expect(drawn()).toEqual([]);
  expect(desk.draft).toBeNull();
});
