/** When what every visit needs is here, on any line that a meeting is possible on; milliseconds. */
const AFTER_MS = 8_000;

/** Fetches what has to be there without the server, too, once nothing more urgent is to be done. Returns what cancels it. */
export function prefetch(loads: readonly (() => Promise<unknown>)[]): () => void {
  // What cannot be had now is fetched again, and its absence told, when it is wanted.
  const timer = setTimeout(() => {
    for (const load of loads) load().catch(() => undefined);
  }, AFTER_MS);
  return () => clearTimeout(timer);
}
