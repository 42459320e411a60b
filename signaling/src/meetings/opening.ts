import { occurrencesOf, Refusal } from '@confab/protocol';
import type { Occurrence, Schedule } from '@confab/protocol';
import type { Clock } from '../clock.ts';

/** For how long after its end an occurrence takes newcomers, in milliseconds: meetings overrun. */
const OVERRUN = 3_600_000;

/** For how long after its last occurrence a scheduled meeting is kept with nobody in it, in milliseconds. */
const KEPT_AFTERWARDS = 7 * 24 * 3_600_000;

/** When one meeting takes those in who are no hosts: always, or as it was scheduled (R107, R108). */
export class Opening {
  private readonly clock: Clock;
  private readonly onChange: () => void;
  private kept: Schedule | null;
  /** Counted when it is first asked for: most meetings have none, and most that have one are asked about rarely. */
  private counted: Occurrence[] | null = null;

  constructor(schedule: Schedule | null, clock: Clock, onChange: () => void) {
    this.kept = schedule;
    this.clock = clock;
    this.onChange = onChange;
  }

  get schedule(): Schedule | null {
    return this.kept;
  }

  /** Until when the meeting is there although nobody is in it, in milliseconds since 1970; null without a schedule. */
  get keptUntil(): number | null {
    const last = this.occurrences.at(-1);
    return last === undefined ? null : last.end + KEPT_AFTERWARDS;
  }

  set(schedule: Schedule | null): void {
    this.kept = schedule;
    this.counted = null;
    this.onChange();
  }

  /** Whether newcomers get in. `busySince`: since when somebody is there; as long as people stay from an occurrence on, it goes on. */
  isOpen(busySince: number | null): boolean {
    if (this.kept === null) return true;
    const begun = this.occurrences.filter(({ start }) => start <= this.clock.now()).at(-1);
    if (begun === undefined) return false;
    const closes = begun.end + OVERRUN;
    return this.clock.now() <= closes || (busySince !== null && busySince <= closes);
  }

  /** Throws `not-open`, with the time, before an occurrence, and `meeting-ended` after the last one. */
  check(busySince: number | null): void {
    if (this.isOpen(busySince)) return;
    const next = this.occurrences.find(({ start }) => start > this.clock.now());
    if (next === undefined) throw new Refusal('meeting-ended');
    throw new Refusal('not-open', Math.floor(next.start / 1000));
  }

  private get occurrences(): Occurrence[] {
    return (this.counted ??= this.kept === null ? [] : occurrencesOf(this.kept));
  }
}
