/** From here on nobody adds anything: encoded bytes, objects, and Yjs's structs, whose number decides how long an update takes. */
export const FULL_BYTES = 4_194_304;
export const FULL_OBJECTS = 5_000;
export const FULL_STRUCTS = 20_000;
/** What nobody is believed any more, since whoever keeps to the limits above cannot come here even if all add at once (R98). */
export const MOST_BOARD_BYTES = 2 * FULL_BYTES;
export const MOST_STRUCTS = 2 * FULL_STRUCTS;
/** Every page load that changes something is another one. */
export const MOST_AUTHORS = 600;
/** What depends on changes that have not come yet is kept up to here; a later exchange of states brings it again. */
export const MOST_PENDING_BYTES = 1_048_576;

/** Characters (UTF-16 code units) in an object, and in the shared notes. */
export const LONGEST_TEXT = 2_000;
export const LONGEST_NOTES = 100_000;
