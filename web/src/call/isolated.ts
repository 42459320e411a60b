/** A name as it may stand inside a sentence: in whichever direction it is written, it leaves the rest in order (Unicode UAX #9, FSI and PDI). */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
