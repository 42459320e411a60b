import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { EventRecord } from '../meetings/records.ts';
import type { Metrics } from '../metrics.ts';
import { WebhookFault } from './post-event.ts';
import { retryDelay } from './retry-delay.ts';

/** How long an event is tried (milliseconds), and how many are under way to one receiver at once. */
const TRIED_FOR = 24 * 3_600_000;
const AT_ONCE = 8;
/** So often a receiver may refuse an event until later ones of its meeting go past it. */
const HOLDS_UP = 5;

export type CourierParts = {
  /** Sends one event. Rejects with a {@link WebhookFault}. */
  post: (event: EventRecord) => Promise<void>;
  /** The receiver has it, or was tried for long enough. */
  onDone: (event: EventRecord) => void;
  clock: Clock;
  log: Log;
  metrics: Metrics;
};

/** The events of one meeting, in their order: a later one waits until an earlier one has arrived. One that is set aside has a lane of its own. */
type Lane = { events: EventRecord[]; failures: number; refusals: number };

/** What became of a try: `refused` by a receiver that is there, or not even heard. */
type Outcome = 'over' | 'refused' | 'unheard';

/** Brings events to one receiver, and tries again until it has them. */
export class Courier {
  /** Since when nothing arrives, in milliseconds since 1970; null while all is well. */
  failingSince: number | null = null;
  private readonly parts: CourierParts;
  private readonly lanes = new Map<string, Lane>();
  /** The lanes whose turn it is. */
  private readonly due: string[] = [];
  private underWay = 0;
  private isStopped = false;

  constructor(parts: CourierParts) {
    this.parts = parts;
  }

  take(event: EventRecord): void {
    const lane = this.lanes.get(event.meetingId);
    if (lane === undefined) {
      this.lanes.set(event.meetingId, { events: [event], failures: 0, refusals: 0 });
      this.due.push(event.meetingId);
      this.next();
    } else lane.events.push(event);
  }

  stop(): void {
    this.isStopped = true;
  }

  private next(): void {
    while (!this.isStopped && this.underWay < AT_ONCE) {
      const name = this.due.shift();
      if (name === undefined) return;
      this.underWay++;
      void this.bringFirst(name).finally(() => {
        this.underWay--;
        this.next();
      });
    }
  }

  private async bringFirst(name: string): Promise<void> {
    const lane = this.lanes.get(name);
    const event = lane?.events[0];
    if (lane === undefined || event === undefined) return;
    const outcome = await this.bring(event);
    if (this.isStopped) return;
    if (outcome === 'over') {
      this.moveOn(name, lane);
      this.parts.onDone(event);
      return;
    }
    const failures = ++lane.failures;
    if (outcome === 'refused') lane.refusals++;
    const later = lane.refusals < HOLDS_UP ? name : event.id;
    if (later !== name) {
      this.lanes.set(later, { ...lane, events: [event] });
      this.moveOn(name, lane);
    }
    this.parts.clock.after(retryDelay(failures), () => {
      this.due.push(later);
      this.next();
    });
  }

  /** The lane is done with its first event. */
  private moveOn(name: string, lane: Lane): void {
    Object.assign(lane, { failures: 0, refusals: 0 });
    lane.events.shift();
    if (lane.events.length > 0) this.due.push(name);
    else this.lanes.delete(name);
  }

  private async bring(event: EventRecord): Promise<Outcome> {
    const { post, clock, log, metrics } = this.parts;
    try {
      await post(event);
      metrics.webhooksSent.inc();
      if (this.failingSince !== null) log.info('webhooks: a receiver takes events again');
      this.failingSince = null;
      return 'over';
    } catch (fault) {
      if (this.isStopped) return 'unheard';
      const { reason, isRefusal } =
        fault instanceof WebhookFault ? fault : { reason: 'internal', isRefusal: false };
      metrics.webhooksFailed.inc();
      if (this.failingSince === null)
        log.warn('webhooks: a receiver does not take events', { reason });
      this.failingSince ??= clock.now();
      if (clock.now() - event.at < TRIED_FOR) return isRefusal ? 'refused' : 'unheard';
      metrics.webhooksDropped.inc();
      log.error('webhooks: an event was given up', { meetingId: event.meetingId, reason });
      return 'over';
    }
  }
}
