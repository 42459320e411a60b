import type { Clock } from '../clock.ts';
import { MAX_DENIED } from './records.ts';
import type { MeetingRecord } from './records.ts';

/** For how long a denial is remembered, in milliseconds: longer than any token lives that cannot be renewed. */
const REMEMBERED_FOR = 2 * 3_600_000;

/** From the second denial on, each doubles how long nobody new knocks from there, in milliseconds: the first may have been a mistake. */
const FIRST_WAIT = 10_000;
const LONGEST_WAIT = 600_000;

type Denied = MeetingRecord['denied'];

/** Whom hosts have sent away from the door of one meeting (R71). */
export class Denials {
  private readonly clock: Clock;
  private readonly onChange: () => void;
  private all: Denied;

  /** `onChange` is called where {@link record} has changed. */
  constructor(all: Denied, clock: Clock, onChange: () => void) {
    this.all = all;
    this.clock = clock;
    this.onChange = onChange;
  }

  /** What is kept of it, latest last. */
  get record(): Denied {
    return this.all;
  }

  has(id: string): boolean {
    return this.all.some((denied) => denied.id === id);
  }

  add(id: string, network: string | null): void {
    const at = this.clock.now();
    const recent = this.all.filter((denied) => at - denied.at < REMEMBERED_FOR);
    this.all = [...recent, { id, network, at }].slice(-MAX_DENIED);
    this.onChange();
  }

  /** Whether somebody was denied who came from there. */
  isKnown(network: string | null): boolean {
    return this.from(network).length > 0;
  }

  /** Whether nobody new knocks from there at present. */
  mustWait(network: string | null): boolean {
    const from = this.from(network);
    const beyond = from.length - 2;
    if (beyond < 0) return false;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(beyond, 20));
    return this.clock.now() - (from.at(-1)?.at ?? 0) < wait;
  }

  private from(network: string | null): Denied {
    const now = this.clock.now();
    return this.all.filter(
      (denied) =>
        network !== null && denied.network === network && now - denied.at < REMEMBERED_FOR,
    );
  }
}
