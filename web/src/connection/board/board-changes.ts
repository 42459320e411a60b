import * as Y from 'yjs';
import { MOST_STRUCTS } from './board-limits.ts';

/** The document's two parts: a map of objects by id, and the shared notes. */
export const OBJECTS = 'objects';
export const NOTES = 'notes';

const LONGEST_KEY = 64;
const LATEST_CLOCK = 2 ** 31;

/**
 * Yjs's ids of those who made the changes in `update`, or null if there is anything else in it than boards are made of (R98): looked at
 * before Yjs takes any of it.
 */
export function authorsOfChanges(update: Uint8Array): Set<number> | null {
  try {
    const { structs, ds } = Y.decodeUpdate(update);
    const ranges = [...ds.clients.values()].reduce((sum, { length }) => sum + length, 0);
    if (structs.length + ranges > MOST_STRUCTS || !structs.every(isBoardStruct)) return null;
    return new Set(structs.map(({ id }) => id.client));
  } catch {
    // Cut short, nested too deeply, or never an update at all.
    return null;
  }
}

function isBoardStruct(struct: Y.Item | Y.GC | Y.Skip): boolean {
  if (struct.id.clock + struct.length > LATEST_CLOCK) return false;
  if (!(struct instanceof Y.Item)) return true;
  const { content, parentSub } = struct;
  // Until it is integrated, the name of the document's part stands here.
  const parent: unknown = struct.parent;
  if (typeof parent === 'string' && parent !== OBJECTS && parent !== NOTES) return false;
  if (parentSub !== null && parentSub.length > LONGEST_KEY) return false;
  if (content instanceof Y.ContentType)
    return content.type instanceof Y.Map || content.type instanceof Y.Text;
  return [Y.ContentAny, Y.ContentString, Y.ContentDeleted].some((kind) => content instanceof kind);
}
