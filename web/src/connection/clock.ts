/** Time as the links see it, so that tests decide when it passes. */
export type Clock = {
  /** Milliseconds from an arbitrary start. */
  now(): number;
  /** Runs `action` once after `ms`, unless the returned function is called first. */
  after(ms: number, action: () => void): () => void;
};

export const pageClock: Clock = {
  now: () => performance.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
