import * as Y from 'yjs';
import { Emitter } from '../emitter.ts';
import { NOTES, OBJECTS, authorsOfChanges } from './board-changes.ts';
import {
  FULL_BYTES,
  FULL_OBJECTS,
  FULL_STRUCTS,
  MOST_AUTHORS,
  MOST_BOARD_BYTES,
  MOST_PENDING_BYTES,
  MOST_STRUCTS,
} from './board-limits.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** The origin of what is done at this page, by which undoing tells it from the others' changes. */
const OWN = Symbol('own');
const OTHERS = Symbol('others');

export type BoardDocumentEvents = {
  /** An update with what has just been done here, for everybody else. */
  own: Bytes;
  /** Anything changed, whoever did it. */
  changed: { isOwn: boolean };
};

/** The meeting's board as this page has it: a Yjs document that ends up the same at everybody's, in whatever order changes arrive (R96). */
export class BoardDocument {
  readonly events = new Emitter<BoardDocumentEvents>();
  readonly objects: Y.Map<Y.Map<unknown>>;
  readonly notes: Y.Text;
  readonly #doc = new Y.Doc();
  #digest: number | null = null;
  /** Encoded size when it was last measured, and the size of what came since. */
  #measured = 0;
  #since = 0;

  constructor() {
    this.objects = this.#doc.getMap(OBJECTS);
    this.notes = this.#doc.getText(NOTES);
    this.#doc.on('update', (update, origin: unknown) => {
      this.#digest = null;
      this.#since += update.length;
      if (origin !== OTHERS) this.events.emit('own', update as Bytes);
      this.events.emit('changed', { isOwn: origin !== OTHERS });
    });
  }

  /** Yjs's state vector: how much of everybody's changes is here. */
  get vector(): Bytes {
    return Y.encodeStateVector(this.#doc) as Bytes;
  }

  /** 32 bits that are the same where the documents are, deletions included, which the vector does not tell of. */
  get digest(): number {
    return (this.#digest ??= fnv1a(Y.encodeSnapshot(Y.snapshot(this.#doc))));
  }

  /** What came too early, and waits for what it depends on. */
  get pendingBytes(): number {
    const { pendingStructs, pendingDs } = this.#doc.store;
    return (pendingStructs?.update.length ?? 0) + (pendingDs?.length ?? 0);
  }

  get isEmpty(): boolean {
    return this.#doc.store.clients.size === 0;
  }

  /** Whether nothing may be added any more: there is too much on it for everybody's machine. */
  get isFull(): boolean {
    if (this.objects.size >= FULL_OBJECTS || this.#structs >= FULL_STRUCTS) return true;
    if (this.#measured + this.#since < FULL_BYTES) return false;
    return this.#measure() >= FULL_BYTES;
  }

  /** Does something at once, and as one step of undoing. */
  change(action: () => void): void {
    this.#doc.transact(action, OWN);
  }

  /** What somebody with `vector` lacks, or with nothing, all deletions included. Throws for what is no vector. */
  missing(vector?: Bytes): Bytes {
    return Y.encodeStateAsUpdate(this.#doc, vector) as Bytes;
  }

  /** Takes what somebody else has sent, or nothing of it: where there is no room, and from whoever sends what no board would (R98). */
  take(update: Bytes): 'taken' | 'no-room' | 'nonsense' {
    const authors = authorsOfChanges(update);
    if (authors === null) return 'nonsense';
    if (!this.#hasRoomFor(update, authors)) return 'no-room';
    try {
      Y.applyUpdate(this.#doc, update, OTHERS);
    } catch {
      return 'nonsense';
    }
    const { store } = this.#doc;
    if ((store.pendingStructs?.update.length ?? 0) > MOST_PENDING_BYTES)
      store.pendingStructs = null;
    if ((store.pendingDs?.length ?? 0) > MOST_PENDING_BYTES) store.pendingDs = null;
    return 'taken';
  }

  /** Undoes and redoes what was done here in `part`, and nothing that others did. */
  undoing(part: 'objects' | 'notes', captureTimeout: number): Y.UndoManager {
    const trackedOrigins = new Set([OWN]);
    return new Y.UndoManager(this[part], { trackedOrigins, captureTimeout });
  }

  close(): void {
    this.#doc.destroy();
  }

  get #structs(): number {
    let sum = 0;
    for (const structs of this.#doc.store.clients.values()) sum += structs.length;
    return sum;
  }

  #hasRoomFor(update: Bytes, authors: Set<number>): boolean {
    const known = this.#doc.store.clients;
    const isOneTooMany =
      known.size + [...authors].filter((id) => !known.has(id)).length > MOST_AUTHORS;
    if (isOneTooMany || this.#structs > MOST_STRUCTS) return false;
    if (this.#measured + this.#since + update.length <= MOST_BOARD_BYTES) return true;
    // Much of it may be here already.
    const fresh = Y.diffUpdate(update, this.vector);
    return this.#measure() + fresh.length <= MOST_BOARD_BYTES;
  }

  #measure(): number {
    this.#measured = Y.encodeStateAsUpdate(this.#doc).length;
    this.#since = 0;
    return this.#measured;
  }
}

/** FNV-1a, 32 bits: nobody gains anything by making two documents seem alike but seeing less. */
function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
