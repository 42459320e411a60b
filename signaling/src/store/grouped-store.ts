import { StoreFault, UnreadableRecord } from '../meetings/meeting-store.ts';
import type { KeptValue, MeetingStore } from '../meetings/meeting-store.ts';
import type { Change, Medium } from './medium.ts';

/** Longest time until something that is kept lazily is written, and between two tries while writing fails (milliseconds). */
const LAZY = 1_000;
const RETRY = 1_000;

/** What the store tells of its work. `seconds` is the time a write took. */
export type StoreEvents = {
  onWritten: (records: number, seconds: number) => void;
  onFailing: (fault: unknown) => void;
  onRecovered: () => void;
};

type Group = { values: Map<string, KeptValue>; isUrgent: boolean; waiting: Waiting[] };
type Waiting = { resolve: () => void; reject: (fault: StoreFault) => void };

/**
 * Keeps what it is told on a medium. One write runs at a time; what comes meanwhile goes together into the next, so that a storm of joins
 * costs few of them.
 */
export class GroupedStore implements MeetingStore {
  isFailing = false;
  private readonly medium: Medium;
  private readonly events: StoreEvents;
  private next = newGroup();
  private writing: Group | null = null;
  private lazily: NodeJS.Timeout | null = null;
  private retrying: NodeJS.Timeout | null = null;
  private running: Promise<void> | null = null;
  private isClosed = false;

  constructor(medium: Medium, events: StoreEvents) {
    this.medium = medium;
    this.events = events;
  }

  async *read(): AsyncIterable<readonly [string, unknown]> {
    for await (const [key, text] of this.medium.read()) yield [key, parsed(text)];
  }

  keep(key: string, value: KeptValue): void {
    this.next.values.set(key, value);
    this.next.isUrgent = true;
    this.start();
  }

  keepLazily(key: string, value: KeptValue): void {
    this.next.values.set(key, value);
    this.lazily ??= setTimeout(() => this.start(), LAZY).unref();
  }

  settled(): Promise<void> {
    if (this.isFailing) return Promise.reject(new StoreFault('failing'));
    const group = this.next.isUrgent ? this.next : this.writing;
    if (group?.isUrgent !== true) return Promise.resolve();
    return new Promise((resolve, reject) => group.waiting.push({ resolve, reject }));
  }

  /** Writes what is left and lets go of the medium. */
  async close(): Promise<void> {
    this.start();
    await this.running;
    if (this.isFailing) await this.retry();
    this.isClosed = true;
    if (this.retrying !== null) clearTimeout(this.retrying);
    await this.medium.close();
  }

  private start(): void {
    if (!this.isFailing && !this.isClosed) this.running ??= this.run();
  }

  private async run(): Promise<void> {
    // What is changed in the same breath belongs together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    do await this.writeNext();
    while (this.next.isUrgent && !this.isFailing);
    // In the same breath as the last look: what is kept from here on starts another run.
    this.running = null;
  }

  private async writeNext(): Promise<void> {
    const group = this.next;
    this.next = newGroup();
    if (this.lazily !== null) clearTimeout(this.lazily);
    this.lazily = null;
    if (group.values.size === 0) return;
    this.writing = group;
    const start = performance.now();
    try {
      await this.medium.write(changesOf(group));
      this.isFailing = false;
    } catch (fault) {
      this.fail(group, fault);
      return;
    } finally {
      this.writing = null;
    }
    this.events.onWritten(group.values.size, (performance.now() - start) / 1000);
    for (const { resolve } of group.waiting) resolve();
  }

  /** Nothing is dropped: what could not be written is written, as it is by then, as soon as writing works again. */
  private fail(group: Group, fault: unknown): void {
    const { next } = this;
    this.next = { values: new Map([...group.values, ...next.values]), isUrgent: true, waiting: [] };
    if (!this.isFailing) this.events.onFailing(fault);
    this.isFailing = true;
    this.retryLater();
    for (const { reject } of [...group.waiting, ...next.waiting]) reject(new StoreFault(fault));
  }

  private retryLater(): void {
    this.retrying = setTimeout(() => {
      this.running = this.retry();
    }, RETRY).unref();
  }

  private async retry(): Promise<void> {
    if (await this.hasRecovered()) await this.writeNext();
    else this.retryLater();
    this.running = null;
    if (this.isFailing) return;
    this.events.onRecovered();
    this.start();
  }

  private hasRecovered(): Promise<boolean> {
    return this.medium.recover().then(
      () => true,
      () => false,
    );
  }
}

function newGroup(): Group {
  return { values: new Map(), isUrgent: false, waiting: [] };
}

function changesOf({ values }: Group): Change[] {
  return [...values].map(([key, valueNow]) => {
    const value = valueNow();
    return [key, value === undefined ? undefined : JSON.stringify(value)];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableRecord('no JSON');
  }
}
