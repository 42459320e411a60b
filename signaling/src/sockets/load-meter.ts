import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { NodeReport } from '@confab/protocol';

/** Milliseconds without being asked after which nothing is measured: a timer every hundredth of a second is not for nothing. */
const REST_AFTER = 10_000;
/** Milliseconds that have to be measured before there is something to say: over less, a share of the processor is chance. */
const SHORTEST = 250;
/** Milliseconds between the ticks whose lateness is measured. */
const TICK = 10;
const NANOSECONDS = 1e6;

type Load = NodeReport['load'];
type Measured = Omit<Load, 'memory'>;

/** How hard this process works, measured from the first question on, for as long as somebody asks. */
export class LoadMeter {
  private readonly delay = monitorEventLoopDelay({ resolution: TICK });
  private usage = process.cpuUsage();
  private since = process.hrtime.bigint();
  private isMeasuring = false;
  private latest: Measured | null = null;
  private first: Promise<void> | null = null;
  private rest: NodeJS.Timeout | undefined;

  /** Nobody will ask again. */
  close(): void {
    clearTimeout(this.rest);
    this.delay.disable();
    this.isMeasuring = false;
    this.latest = this.first = null;
  }

  /**
   * The load since it was read last. Whoever is the first to ask waits until there is something to tell; whoever asks just after another is told what
   * that one was.
   */
  async read(): Promise<Load> {
    this.keepMeasuring();
    if (this.measured < SHORTEST && this.latest === null) {
      this.first ??= new Promise((resolve) => setTimeout(resolve, SHORTEST - this.measured));
      await this.first;
    }
    if (this.latest === null || this.measured >= SHORTEST) this.latest = this.take();
    return { ...this.latest, memory: process.memoryUsage.rss() };
  }

  private keepMeasuring(): void {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.close(), REST_AFTER).unref();
    if (this.isMeasuring) return;
    this.isMeasuring = true;
    this.delay.enable();
    this.begin();
  }

  private begin(): void {
    this.delay.reset();
    this.usage = process.cpuUsage();
    this.since = process.hrtime.bigint();
  }

  /** Milliseconds. */
  private get measured(): number {
    return Number(process.hrtime.bigint() - this.since) / NANOSECONDS;
  }

  private take(): Measured {
    const { user, system } = process.cpuUsage(this.usage);
    const cpu = (user + system) / (Math.max(1, this.measured) * 1_000);
    const median = lateness(this.delay.percentile(50));
    const worst = lateness(this.delay.max);
    this.begin();
    return { delay: { median, worst }, cpu };
  }
}

/** What is measured is the time between two ticks that should be {@link TICK} apart. */
function lateness(nanoseconds: number): number {
  return Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / NANOSECONDS - TICK) : 0;
}
