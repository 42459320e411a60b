import { MAX_INDEPENDENTS } from './records.ts';
import type { MeetingRecord } from './records.ts';
import type { Seats } from './seats.ts';

/**
 * Whose word counts by itself in one meeting, whatever became of those by whose word they came (R62): everybody who was there when one of those was
 * removed or unmade. Who was not there may be that very person, with what they had put aside, and so may be who has the same host's invitation.
 */
export class Independents {
  private readonly seats: Seats;
  private readonly onChange: () => void;
  private all: MeetingRecord['standing'];

  /** `onChange` is called where {@link record} has changed. */
  constructor(seats: Seats, all: MeetingRecord['standing'], onChange: () => void) {
    this.seats = seats;
    this.all = all;
    this.onChange = onChange;
  }

  /** What is kept of them: participants, latest last. */
  get record(): MeetingRecord['standing'] {
    return this.all;
  }

  /** Of a chain of who invited whom, what it hangs by: from the last on whose word counts by itself. */
  behind(chain: string[]): string[] {
    const from = chain.findLastIndex((name) => this.all.includes(name));
    return chain.slice(Math.max(from, 0));
  }

  /** These names do not count any more: whoever came by their word, and is there, goes on without it. */
  outlast(names: string[]): void {
    const heirs = this.seats.all.filter(
      ({ id, via, cameAs }) =>
        via.some((name) => names.includes(name)) &&
        !names.includes(id) &&
        (cameAs === 'participant' || !names.includes(via.at(-1) ?? '')),
    );
    const fresh = heirs.map(({ id }) => id).filter((id) => !this.all.includes(id));
    if (fresh.length === 0) return;
    this.all = [...this.all, ...fresh].slice(-MAX_INDEPENDENTS);
    this.onChange();
  }
}
