import { MAX_DENIED_SHOWN } from '@confab/protocol';
import type { Removed } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { MAX_DENIED } from './records.ts';
import type { MeetingRecord, WaitingRecord } from './records.ts';
import type { Ticket } from './ticket.ts';

/** For how long a denial is remembered, in milliseconds: longer than any token lives that cannot be renewed. */
const REMEMBERED_FOR = 2 * 3_600_000;

/** From the second denial on, each doubles how long nobody new knocks from there, in milliseconds: the first may have been a mistake. */
const FIRST_WAIT = 10_000;
const LONGEST_WAIT = 600_000;

type Denied = MeetingRecord['denied'];
type Newcomer = Pick<Ticket, 'network' | 'via'>;

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

  /** Those whom hosts are shown, latest first. */
  get shown(): Removed[] {
    return this.recent.flatMap(({ id, named }) => (named ? [{ id, ...named }] : [])).reverse();
  }

  add({ id, network, via, incarnation, hello }: WaitingRecord): void {
    const isBare = via.length === 0;
    const at = this.clock.now();
    const denied = { id, network, at, isBare, named: { incarnation, hello } };
    const all = [...this.recent, denied].slice(-MAX_DENIED);
    const nameless = all.length - MAX_DENIED_SHOWN;
    this.set(all.map(({ named, ...one }, index) => (index < nameless ? one : { ...one, named })));
  }

  /** They may knock again, and nothing is held against whoever comes from there. Answers whether somebody of that id was denied. */
  lift(id: string): boolean {
    const lifted = this.all.find((denied) => denied.id === id);
    if (lifted === undefined) return false;
    const others = this.all.filter((denied) => denied !== lifted);
    const { network } = lifted;
    this.set(others.map((one) => (one.network === network ? { ...one, network: null } : one)));
    return true;
  }

  /** Whether somebody was denied who came from there, and cannot be told from whoever comes so. */
  isKnown(newcomer: Newcomer): boolean {
    return this.like(newcomer).length > 0;
  }

  /** Whether nobody new knocks from there at present who comes so. */
  mustWait(newcomer: Newcomer): boolean {
    const known = this.like(newcomer);
    const beyond = known.length - 2;
    if (beyond < 0) return false;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(beyond, 20));
    return this.clock.now() - (known.at(-1)?.at ?? 0) < wait;
  }

  private get recent(): Denied {
    const now = this.clock.now();
    return this.all.filter(({ at }) => now - at < REMEMBERED_FOR);
  }

  /** Whoever comes by an invitation is nobody who was denied with the bare link. */
  private like({ network, via }: Newcomer): Denied {
    if (network === null) return [];
    return this.recent.filter(
      (denied) => denied.network === network && (via.length === 0 || denied.isBare === false),
    );
  }

  private set(all: Denied): void {
    this.all = all;
    this.onChange();
  }
}
