import { Refusal } from '@confab/protocol';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { networkOf } from './client-address.ts';
import { bounded } from './nodes/bounded.ts';
import type { RedisLink } from './nodes/redis-link.ts';

/** How often one address may do what costs something: `points` in `duration` seconds. A school sits behind one address. */
const limits = {
  connection: { points: 1_200, duration: 60 },
  creation: { points: 600, duration: 600 },
  admission: { points: 1_200, duration: 60 },
  invitation: { points: 600, duration: 600 },
  check: { points: 30, duration: 60 },
  report: { points: 120, duration: 60 },
} as const;
export type LimitedAct = keyof typeof limits;

/** Where several nodes count together. `networkName` hides from whoever reads there which network it is. */
export type SharedCounting = {
  link: RedisLink;
  isUp: () => boolean;
  networkName: (network: string) => string;
};

/** Counts by network address: together with the other nodes where there are some, otherwise in memory, and there too while Redis is away. */
export class AddressLimits {
  private readonly shared: SharedCounting | null;
  private readonly here: Record<LimitedAct, RateLimiterMemory>;
  private readonly together: Record<LimitedAct, RateLimiterRedis> | null;

  constructor(shared: SharedCounting | null) {
    this.shared = shared;
    this.here = forEachAct((act) => new RateLimiterMemory({ keyPrefix: act, ...limits[act] }));
    this.together =
      shared &&
      forEachAct((act) => {
        const { points, duration } = limits[act];
        const keyPrefix = `confab:limit:${act}`;
        // Whoever has used everything up is refused without asking Redis again.
        const options = { keyPrefix, points, duration, inMemoryBlockOnConsumed: points };
        return new RateLimiterRedis({ storeClient: shared.link.client, ...options });
      });
  }

  /** Counts one act of this address. Throws `too-many-requests`. */
  async count(act: LimitedAct, address: string): Promise<void> {
    const network = networkOf(address);
    if (!(await this.isGrantedTogether(act, network)))
      await this.here[act].consume(network).catch(refuse);
  }

  /** Throws when it is refused; false when Redis does not answer. */
  private async isGrantedTogether(act: LimitedAct, network: string): Promise<boolean> {
    if (this.shared === null || this.together === null || !this.shared.isUp()) return false;
    try {
      await bounded(this.together[act].consume(this.shared.networkName(network)));
      return true;
    } catch (refusal) {
      if (refusal instanceof Error) return false;
      return refuse();
    }
  }
}

function forEachAct<Limiter>(make: (act: LimitedAct) => Limiter): Record<LimitedAct, Limiter> {
  const acts = Object.keys(limits) as LimitedAct[];
  return Object.fromEntries(acts.map((act) => [act, make(act)])) as Record<LimitedAct, Limiter>;
}

function refuse(): never {
  throw new Refusal('too-many-requests');
}
