import * as Y from 'yjs';
import { readObject } from './board-object.ts';

/** A step of undoing, by the items that it has put into the document. */
export type Step = Pick<Y.UndoManager['undoStack'][number], 'insertions'>;

/** Whether a step has put something on the board that holds by now what others did: undone, that would be lost. */
export function isShared({ insertions }: Step, objects: Y.Map<Y.Map<unknown>>): boolean {
  return [...objects].some(([id, object]) => {
    const isOfStep = object._item !== null && Y.isDeleted(insertions, object._item.id);
    // What somebody has taken away is nothing that could be left.
    return isOfStep && readObject(id, object) !== null && holdsOthers(object);
  });
}

function holdsOthers(object: Y.Map<unknown>): boolean {
  const own = object.doc?.clientID;
  const isTheirs = ({ id, deleted }: Y.Item) => !deleted && id.client !== own;
  for (const item of object._map.values()) {
    if (isTheirs(item)) return true;
    const text = item.content instanceof Y.ContentType ? item.content.type : null;
    for (let at = text?._start ?? null; at !== null; at = at.right) if (isTheirs(at)) return true;
  }
  return false;
}
