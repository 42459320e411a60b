import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { Courier } from './courier.ts';
import type { Outbox } from './outbox.ts';
import { postEvent } from './post-event.ts';
import { receiversAt } from './receivers.ts';

/** Where events go, and the key that they are signed with. */
export type WebhookSettings = { urls: string[]; key: Buffer };

export type Webhooks = {
  /** How many events wait, and since when a receiver takes none (milliseconds since 1970). */
  state: () => { pending: number; failingSince: number | null };
  /** What was not sent is sent by the next server. */
  stop: () => void;
};

/** Sends what is in the outbox to everybody who wants it (R113). */
export function sendWebhooks(
  { urls, key }: WebhookSettings,
  { outbox, clock, log, metrics }: { outbox: Outbox; clock: Clock; log: Log; metrics: Metrics },
): Webhooks {
  const stopped = new AbortController();
  const couriers = receiversAt(urls).map(({ url, name }) => {
    const courier = new Courier({
      post: (event) => postEvent(url, key, event, clock.now(), stopped.signal),
      onDone: ({ id }) => outbox.done(id, name),
      ...{ clock, log, metrics },
    });
    return { name, courier };
  });
  outbox.start((event) => {
    for (const { name, courier } of couriers) if (event.to.includes(name)) courier.take(event);
  });
  return {
    state() {
      const failing = couriers.flatMap(({ courier }) => courier.failingSince ?? []);
      return {
        pending: outbox.size,
        failingSince: failing.length > 0 ? Math.min(...failing) : null,
      };
    },
    stop() {
      for (const { courier } of couriers) courier.stop();
      stopped.abort();
    },
  };
}
