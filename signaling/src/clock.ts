/** Time as the server knows it. Injected, so that tests decide when it passes. */
export type Clock = {
  /** Milliseconds since 1970 UTC. */
  now(): number;
  /** Milliseconds since some moment of the past, by a clock that nobody sets. */
  elapsed(): number;
  /** Runs `work` once after `ms` milliseconds; the returned function calls it off. */
  after(ms: number, work: () => void): () => void;
};

/** The machine's own clock. A pending wait does not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
};
