import { DoorNote } from '@confab/protocol';
import { RefusedSeal } from './refused-seal.ts';
import { openShort, sealShort } from './short-seal.ts';

const PURPOSE = 6;

/** The link and the participant whom the note is for; ids in base64url. */
type NoteRoute = { secret: string; meetingId: string; to: string };

/** Seals what a host says to somebody who waits, for whoever holds the link (R72). */
export function sealNote(route: NoteRoute, note: DoorNote): Promise<string> {
  return sealShort({ ...route, purpose: PURPOSE }, JSON.stringify(note));
}

/** Throws a RefusedSeal for anything that {@link sealNote} would not have made for this route. */
export async function openNote(route: NoteRoute, sealed: string): Promise<DoorNote> {
  const text = await openShort({ ...route, purpose: PURPOSE }, sealed);
  try {
    return DoorNote.parse(JSON.parse(text));
  } catch {
    throw new RefusedSeal('altered', 'not a note');
  }
}
