/** How long a seat without a connection stays shown and reserved, in milliseconds (R9, R10). */
export const leaseTimes = {
  /** Shown as reconnecting after a connection was closed, and after every vouch. */
  shown: 6_000,
  /** Shown after a loss that the heartbeat noticed: up to 9 s have passed already. */
  shownAfterSilence: 1_000,
  /** Reserved for its owner after the loss. */
  reserved: 45_000,
} as const;
