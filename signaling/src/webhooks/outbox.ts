import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { MeetingEvent } from '../meetings/meeting-event.ts';
import type { MeetingStore } from '../meetings/meeting-store.ts';
import { keyOf } from '../meetings/records.ts';
import type { EventRecord } from '../meetings/records.ts';
import type { Metrics } from '../metrics.ts';

/** Most events that wait for one receiver. One that comes when there are so many is dropped for it alone, and counted. */
const MOST = 10_000;
/** Milliseconds until one looks again whether something could be kept. */
const LOOK_AGAIN = 1_000;

export type OutboxParts = {
  /** The names of those who are to hear of events; nothing is kept where there are none. */
  receivers: string[];
  store: MeetingStore;
  clock: Clock;
  log: Log;
  metrics: Metrics;
};

/**
 * Events until everybody has heard of them. An event is kept in the same write as what it tells of, and sent only afterwards: what was told
 * did happen, and what happened is told, whatever becomes of this process.
 */
export class Outbox {
  private readonly parts: OutboxParts;
  /** In the order in which they happened. */
  private readonly events = new Map<string, EventRecord>();
  private readonly kept = new Set<string>();
  /** How many of them are for each receiver. */
  private readonly waiting = new Map<string, number>();
  /** Those for whom the latest event was dropped. */
  private readonly full = new Set<string>();
  private send: (event: EventRecord) => void = () => undefined;
  private made = 0;

  constructor(parts: OutboxParts) {
    this.parts = parts;
  }

  /** Whether anybody is to hear of events. */
  get tells(): boolean {
    return this.parts.receivers.length > 0;
  }

  get size(): number {
    return this.events.size;
  }

  /** From now on `send` is given every event that is kept; those that are already, at once. */
  start(send: (event: EventRecord) => void): void {
    this.send = send;
    for (const id of this.kept) this.sendIfWaiting(id);
  }

  /** Something has just happened, and is kept together with everything else that is given to the store in the same breath. */
  add(happened: MeetingEvent): void {
    const { receivers, clock, store } = this.parts;
    const to = receivers.filter((name) => this.hasRoomFor(name));
    this.parts.metrics.webhooksDropped.inc(receivers.length - to.length);
    if (to.length === 0) return;
    const at = clock.now();
    const event: EventRecord = { v: 1, ...happened, id: this.makeId(at), at, to };
    this.put(event);
    store.keep(...this.entryOf(event));
    void this.sendWhenKept(event.id);
  }

  /** Takes up an event that a server which is no more has kept. */
  restore(event: EventRecord): void {
    const to = event.to.filter((name) => this.parts.receivers.includes(name));
    if (this.events.has(event.id)) return;
    if (to.length === 0) this.parts.store.keepLazily(keyOf.event(event), () => undefined);
    else {
      this.put({ ...event, to });
      this.kept.add(event.id);
      this.sendIfWaiting(event.id);
    }
  }

  /** The receiver has it, or will not get it any more. */
  done(id: string, receiver: string): void {
    const event = this.events.get(id);
    if (event === undefined) return;
    const to = event.to.filter((name) => name !== receiver);
    if (to.length > 0) this.put({ ...event, to });
    else this.forget(id);
    this.parts.store.keepLazily(...this.entryOf(event));
  }

  /** Another node runs the meeting: what was not kept by now did not happen. */
  lose(meetingId: string): void {
    for (const event of this.events.values())
      if (event.meetingId === meetingId && !this.kept.has(event.id)) this.forget(event.id);
  }

  /** Keeps all events once more. */
  keepAll(): void {
    for (const event of this.events.values()) this.parts.store.keep(...this.entryOf(event));
  }

  private entryOf(event: EventRecord): [key: string, value: () => EventRecord | undefined] {
    return [keyOf.event(event), () => this.events.get(event.id)];
  }

  private async sendWhenKept(id: string): Promise<void> {
    const { store, clock } = this.parts;
    while (this.events.has(id)) {
      try {
        await store.settled();
        break;
      } catch {
        await new Promise<void>((resolve) => clock.after(LOOK_AGAIN, resolve));
      }
    }
    if (!this.events.has(id)) return;
    this.kept.add(id);
    this.sendIfWaiting(id);
  }

  private sendIfWaiting(id: string): void {
    const event = this.events.get(id);
    if (event !== undefined) this.send(event);
  }

  private put(event: EventRecord): void {
    this.countOff(event.id);
    this.events.set(event.id, event);
    for (const name of event.to) this.waiting.set(name, this.countFor(name) + 1);
    this.parts.metrics.webhooksPending.set(this.size);
  }

  private forget(id: string): void {
    this.countOff(id);
    this.events.delete(id);
    this.kept.delete(id);
    this.parts.metrics.webhooksPending.set(this.size);
  }

  private countOff(id: string): void {
    for (const name of this.events.get(id)?.to ?? [])
      this.waiting.set(name, this.countFor(name) - 1);
  }

  private countFor(receiver: string): number {
    return this.waiting.get(receiver) ?? 0;
  }

  /** Said once where there is none: whoever takes nothing costs the others nothing. */
  private hasRoomFor(receiver: string): boolean {
    const count = this.countFor(receiver);
    const hasRoom = count < MOST;
    if (hasRoom) this.full.delete(receiver);
    else if (!this.full.has(receiver)) {
      this.full.add(receiver);
      this.parts.log.error(
        'webhooks: too many events wait for a receiver, which hears of no further ones',
        {
          count,
        },
      );
    }
    return hasRoom;
  }

  /** Sorted as text, ids are in the order of their making. */
  private makeId(at: number): string {
    const time = at.toString(16).padStart(12, '0');
    const turn = (this.made++ % 0x1_00_00_00).toString(16).padStart(6, '0');
    return `msg_${time}${turn}${randomBytes(8).toString('hex')}`;
  }
}
