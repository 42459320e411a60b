/** Has a part fetched when somebody is about to want it: they point at what opens it, or come to it by keyboard. */
export function fetchAhead(load: (() => Promise<unknown>) | undefined): void {
  // What cannot be had now is fetched again, and its absence told, when it is wanted.
  load?.().catch(() => undefined);
}
