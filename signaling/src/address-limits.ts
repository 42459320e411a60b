import { Refusal } from '@confab/protocol';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { networkOf } from './client-address.ts';

/** How often one address may do what costs something: `points` in `duration` seconds. A school sits behind one address. */
const limits = {
  connection: { points: 1_200, duration: 60 },
  creation: { points: 600, duration: 600 },
  admission: { points: 1_200, duration: 60 },
  invitation: { points: 600, duration: 600 },
} as const;
export type LimitedAct = keyof typeof limits;

/** Counts by network address in memory. */
export class AddressLimits {
  private readonly limiters = new Map<LimitedAct, RateLimiterMemory>();

  constructor() {
    for (const [act, limit] of Object.entries(limits) as [
      LimitedAct,
      (typeof limits)[LimitedAct],
    ][])
      this.limiters.set(act, new RateLimiterMemory({ keyPrefix: act, ...limit }));
  }

  /** Counts one act of this address. Throws `too-many-requests`. */
  async count(act: LimitedAct, address: string): Promise<void> {
    try {
      await this.limiters.get(act)?.consume(networkOf(address));
    } catch {
      throw new Refusal('too-many-requests');
    }
  }
}
