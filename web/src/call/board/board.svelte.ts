import type * as Y from 'yjs';
import { BoardDocument } from '../../connection/board/board-document.ts';
import { BoardExchange, type BoardWays } from '../../connection/board/board-exchange.ts';
import { LONGEST_NOTES, LONGEST_TEXT } from '../../connection/board/board-limits.ts';
import { type Clock, pageClock } from '../../connection/clock.ts';
import * as m from '../../paraglide/messages.js';
import {
  type BoardObject,
  type BoardShape,
  HIGHEST_ORDER,
  type Position,
  markGone,
  placeObject,
  readObject,
  textOf,
  writeObject,
} from './board-object.ts';
import { type Ids, idsOf } from './ids.ts';
import { KeptBoard } from './kept-board.ts';
import { isShared } from './shared-step.ts';
import { rewrite } from './text-change.ts';
import { Undoing } from './undoing.svelte.ts';

/** Whoever has not moved for so long points at nothing (milliseconds). */
const POINTS_MS = 5_000;
/** Words written in one go are one step of undoing (milliseconds). */
const ONE_GO_MS = 600;
/** After a change, until what is here is compared (milliseconds). */
const LOOK_MS = 500;

/** Where somebody points, in the board's units. */
export type Pointer = { participantId: string; at: Position };

/** The meeting's board: what is on it, what is written beside it, and what one does there. */
export class Board {
  /** What one has drawn and written on it, to be undone. */
  readonly undoing: Undoing;
  /** What one has written into the notes, to be undone. */
  readonly undoingNotes: Undoing;
  readonly #document = new BoardDocument();
  readonly #exchange: BoardExchange;
  readonly #kept: KeptBoard;
  readonly #clock: Clock;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- `objects` is what others look at
  readonly #byId = new Map<string, BoardObject>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #resting = new Map<string, () => void>();
  #objects = $state.raw<readonly BoardObject[]>([]);
  #notes = $state('');
  #isFull = $state(false);
  #isShown = $state(false);
  #pointers = $state.raw<readonly Pointer[]>([]);
  #digest = $state(0);
  #cancelLooking: (() => void) | null = null;
  #hasChanged = false;
  #unseen = $state.raw<Ids>(idsOf());

  constructor(ways: BoardWays, clock: Clock = pageClock) {
    this.#clock = clock;
    const { objects } = this.#document;
    this.undoing = new Undoing(this.#document.undoing('objects', ONE_GO_MS), (step) =>
      isShared(step, objects),
    );
    this.undoingNotes = new Undoing(this.#document.undoing('notes', ONE_GO_MS));
    objects.observeDeep((events: Y.YEvent<Y.AbstractType<unknown>>[], { local }) =>
      this.#read(events, local),
    );
    this.#document.notes.observe((_, { local }) => {
      this.#notes = this.#document.notes.toJSON();
      if (!local) this.#notice(['']);
    });
    this.#document.events.on('changed', () => {
      this.#hasChanged = true;
      this.#lookSoon();
    });
    this.#kept = new KeptBoard(() => ways.participantId);
    const kept = this.#kept.read();
    if (kept) this.#document.take(kept);
    this.#unseen = idsOf();
    addEventListener('pagehide', this.#keep);
    document.addEventListener('visibilitychange', this.#keep);
    this.#exchange = new BoardExchange(ways, this.#document, clock);
    this.#exchange.events.on('pointer', ({ participantId, at }) => this.#show(participantId, at));
  }

  /** All that is on it, the lowest first. */
  get objects(): readonly BoardObject[] {
    return this.#objects;
  }

  /** Where others point. */
  get pointers(): readonly Pointer[] {
    return this.#pointers;
  }

  get notes(): string {
    return this.#notes;
  }

  /** Whether something could not be added, because there is too much already; until there is room again. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** How much others have done while one did not look, and the same in words. */
  get news(): { count: number; words: string } {
    return { count: this.#unseen.size, words: m.board_news() };
  }

  /** The same number at two pages where the boards are the same; half a second late, since it takes time to find out. */
  get digest(): number {
    return this.#digest;
  }

  /** Whether one looks at it. */
  setShown(isShown: boolean): void {
    this.#isShown = isShown;
    if (isShown) this.#unseen = idsOf();
  }

  /** Has the board in common with everybody there is a link to. */
  meet(participants: Iterable<string>): void {
    for (const id of participants) this.#exchange.meet(id);
  }

  /** Somebody has opened a channel for it. */
  take(participantId: string, channel: RTCDataChannel): void {
    this.#exchange.take(participantId, channel);
  }

  /** Puts something on top, and returns its id; null where the board is full. */
  add(shape: BoardShape, at: Position, text = ''): string | null {
    this.#isFull = this.#document.isFull;
    if (this.#isFull) return null;
    const id = crypto.randomUUID();
    const order = Math.min((this.#objects.at(-1)?.order ?? 0) + 1, HIGHEST_ORDER);
    this.undoing.begin();
    this.#document.change(() =>
      this.#document.objects.set(id, writeObject({ order, shape, at, text })),
    );
    return id;
  }

  move(ids: Iterable<string>, [x, y]: Position): void {
    this.undoing.begin();
    this.#document.change(() => {
      for (const id of ids) {
        const object = this.#byId.get(id);
        const kept = this.#document.objects.get(id);
        if (object && kept) placeObject(kept, [object.at[0] + x, object.at[1] + y]);
      }
    });
  }

  remove(ids: Iterable<string>): void {
    this.undoing.begin();
    const { objects, isFull } = this.#document;
    this.#document.change(() => {
      for (const id of ids) {
        const kept = objects.get(id);
        // What has words is small, and others may be writing into it; only a board that is full needs its room.
        if (kept && textOf(kept) && !isFull) markGone(kept);
        else objects.delete(id);
      }
    });
    this.#isFull = this.#isFull && this.#document.isFull;
  }

  write(id: string, text: string): void {
    const kept = textOf(this.#document.objects.get(id));
    if (kept) this.#document.change(() => rewrite(kept, text.slice(0, LONGEST_TEXT)));
  }

  writeNotes(text: string): void {
    const longer = text.length > this.#notes.length;
    this.#isFull = longer && (text.length > LONGEST_NOTES || this.#document.isFull);
    if (!this.#isFull) this.#document.change(() => rewrite(this.#document.notes, text));
  }

  /** Shows everybody where one points; nowhere if absent. */
  point(at?: Position): void {
    this.#exchange.point(at);
  }

  close(): void {
    this.#cancelLooking?.();
    for (const cancel of this.#resting.values()) cancel();
    this.#exchange.close();
    this.#document.close();
    removeEventListener('pagehide', this.#keep);
    document.removeEventListener('visibilitychange', this.#keep);
    this.#kept.write(null);
  }

  /** Of a page that nobody looks at any more it is not told when it ends. */
  readonly #keep = () => {
    if (this.#hasChanged) this.#kept.write(this.#document.missing());
    this.#hasChanged = false;
  };

  #read(events: Y.YEvent<Y.AbstractType<unknown>>[], isOwn: boolean): void {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- used up here
    const changed = new Set<string>();
    for (const { path, changes } of events) {
      const [id] = path;
      if (id === undefined) for (const key of changes.keys.keys()) changed.add(key);
      else changed.add(String(id));
    }
    for (const id of changed) {
      const object = readObject(id, this.#document.objects.get(id));
      if (object) this.#byId.set(id, object);
      else this.#byId.delete(id);
    }
    this.#objects = [...this.#byId.values()].sort(byOrder);
    if (!isOwn) this.#notice(changed);
  }

  #lookSoon(): void {
    this.#cancelLooking ??= this.#clock.after(LOOK_MS, () => {
      this.#cancelLooking = null;
      this.#digest = this.#document.digest;
    });
  }

  #notice(ids: Iterable<string>): void {
    if (!this.#isShown) this.#unseen = idsOf(this.#unseen, ids);
  }

  #show(participantId: string, at: Position | undefined): void {
    this.#resting.get(participantId)?.();
    this.#resting.delete(participantId);
    const others = this.#pointers.filter((one) => one.participantId !== participantId);
    this.#pointers = at ? [...others, { participantId, at }] : others;
    if (!at) return;
    const rest = () => this.#show(participantId, undefined);
    this.#resting.set(participantId, this.#clock.after(POINTS_MS, rest));
  }
}

/** The same at everybody's: two that were put there at the same moment have the same order. */
function byOrder(one: BoardObject, other: BoardObject): number {
  return one.order - other.order || (one.id < other.id ? -1 : 1);
}
