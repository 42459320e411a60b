import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { EventRecord } from '../meetings/records.ts';
import type { Metrics } from '../metrics.ts';
import { WebhookFault } from './post-event.ts';
import { retryDelay } from './retry-delay.ts';

/** How long an event is tried (milliseconds), and how many are under way to one receiver at once. */
const TRIED_FOR = 24 * 3_600_000;
const AT_ONCE = 8;

export type CourierParts = {
  /** Sends one event. Rejects with a {@link WebhookFault}. */
  post: (event: EventRecord) => Promise<void>;
  /** The receiver has it, or was tried for long enough. */
  onDone: (event: EventRecord) => void;
  clock: Clock;
  log: Log;
  metrics: Metrics;
};

/** The events of one meeting, in their order: a later one waits until an earlier one has arrived. */
type Lane = { events: EventRecord[]; failures: number };

/** Brings events to one receiver, and tries again until it has them. */
export class Courier {
  /** Since when nothing arrives, in milliseconds since 1970; null while all is well. */
  failingSince: number | null = null;
  private readonly parts: CourierParts;
  private readonly lanes = new Map<string, Lane>();
  /** Those whose turn it is. */
  private readonly due: string[] = [];
  private underWay = 0;
  private isStopped = false;

  constructor(parts: CourierParts) {
    this.parts = parts;
  }

  take(event: EventRecord): void {
    const lane = this.lanes.get(event.meetingId);
    if (lane === undefined) {
      this.lanes.set(event.meetingId, { events: [event], failures: 0 });
      this.due.push(event.meetingId);
      this.next();
    } else lane.events.push(event);
  }

  stop(): void {
    this.isStopped = true;
  }

  private next(): void {
    while (!this.isStopped && this.underWay < AT_ONCE) {
      const meetingId = this.due.shift();
      if (meetingId === undefined) return;
      this.underWay++;
      void this.bringFirst(meetingId).finally(() => {
        this.underWay--;
        this.next();
      });
    }
  }

  private async bringFirst(meetingId: string): Promise<void> {
    const lane = this.lanes.get(meetingId);
    const event = lane?.events[0];
    if (lane === undefined || event === undefined) return;
    const isOver = await this.bring(event);
    if (this.isStopped) return;
    if (isOver) {
      lane.failures = 0;
      lane.events.shift();
      this.parts.onDone(event);
      if (lane.events.length > 0) this.due.push(meetingId);
      else this.lanes.delete(meetingId);
    } else
      this.parts.clock.after(retryDelay(++lane.failures), () => {
        this.due.push(meetingId);
        this.next();
      });
  }

  /** Whether it needs not be tried again. */
  private async bring(event: EventRecord): Promise<boolean> {
    const { post, clock, log, metrics } = this.parts;
    try {
      await post(event);
      metrics.webhooksSent.inc();
      if (this.failingSince !== null) log.info('webhooks: a receiver takes events again');
      this.failingSince = null;
      return true;
    } catch (fault) {
      if (this.isStopped) return false;
      const reason = fault instanceof WebhookFault ? fault.reason : 'internal';
      metrics.webhooksFailed.inc();
      if (this.failingSince === null)
        log.warn('webhooks: a receiver does not take events', { reason });
      this.failingSince ??= clock.now();
      if (clock.now() - event.at < TRIED_FOR) return false;
      metrics.webhooksDropped.inc();
      log.error('webhooks: an event was given up', { meetingId: event.meetingId, reason });
      return true;
    }
  }
}
