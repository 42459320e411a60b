/** At most two letters for a name: of its first and its last word. '?' where there is none. */
export function initialsOf(name: string | null): string {
  const words = (name ?? '')
    .split(/[\s_\p{Ps}-]+/u)
    .filter((word) => /[\p{L}\p{N}\p{S}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  // Two Arabic letters would join, and read as a word.
  return ends.map((word) => firstLetter(word ?? '')).join('\u200c') || '?';
}

/** A hue in degrees that is always the same for the same id. */
export function hueOf(id: string): number {
  const bytes = new TextEncoder().encode(id);
  return bytes.reduce((hash, byte) => (hash * 31 + byte) % 3600, 7) % 360;
}

// What a reader takes for one character may be several code points: an emoji, a letter with its accents.
function firstLetter(word: string): string {
  // Around a name in a sentence that runs the other way stand marks that nobody sees.
  const letters = word.replace(/^[\p{P}\p{Cf}]+/u, '');
  // The first use of a segmenter takes a browser 40 ms, and most names need none.
  const plain = /^[\p{L}\p{N}](?![\p{M}\p{Cf}])/u.exec(letters)?.[0];
  const [first] = plain === undefined ? new Intl.Segmenter().segment(letters) : [];
  return (plain ?? first?.segment ?? '').toLocaleUpperCase();
}
