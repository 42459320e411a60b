/** How long a seat without a connection stays shown and reserved, in milliseconds (R9, R10). */
export const leaseTimes = {
  /** Shown as reconnecting after a connection was closed, and after every vouch. */
  shown: 6_000,
  /** Shown after a loss that the heartbeat noticed: up to 9 s have passed already. */
  shownAfterSilence: 1_000,
  /** Shown after the server itself was away: everybody needs the time to come back. */
  shownAfterAbsence: 15_000,
  /** Reserved for its owner after the loss. */
  reserved: 45_000,
  /** Reserved instead where everybody was lost at once, and nobody comes. */
  reservedTogether: 180_000,
  /** How far apart losses that have one cause are noticed: the heartbeat takes up to 9 s. */
  together: 10_000,
  /** From the loss on, for how long vouching has an effect. */
  vouched: 600_000,
} as const;

/** Why a connection ended: `silence` was noticed by the heartbeat, up to 9 s late; `absence` was the server's own (R9). */
export type Loss = 'closed' | 'silence' | 'absence';

/** For how long a seat is shown after each. */
export const shownAfter: Record<Loss, number> = {
  closed: leaseTimes.shown,
  silence: leaseTimes.shownAfterSilence,
  absence: leaseTimes.shownAfterAbsence,
};
