import type { Clock } from './clock.ts';
import type { KnownParticipant } from './known-participant.ts';
import type { SealedLink } from './sealed-link.ts';

/** One link of the mesh, and what it was made for: it fits no other page load and no other arrival of either side. */
export type MeshEntry = {
  participant: KnownParticipant;
  selfArrival: number;
  sealed: SealedLink;
};

/** Seats are reserved for 45 s (R9). */
const KEPT_MS = 60_000;

/**
 * The links of those who are gone from the meeting but may come back to the same seat as the same page, for a minute. Whoever was
 * away never heard that they were gone and speaks on in the same epoch, which only a link that remembers it can answer.
 */
export class AbsentLinks {
  readonly #clock: Clock;
  readonly #entries = new Map<string, { entry: MeshEntry; cancel: () => void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Lets the link's connection go and keeps the rest. */
  keep(entry: MeshEntry): void {
    const { id } = entry.participant;
    this.#drop(id);
    const cancel = this.#clock.after(KEPT_MS, () => this.#drop(id));
    this.#entries.set(id, { entry, cancel });
    entry.sealed.link.setReachable(false);
    entry.sealed.link.interrupt();
  }

  has(id: string, incarnation: string): boolean {
    return this.#entries.get(id)?.entry.participant.incarnation === incarnation;
  }

  /** The link to whoever is back, if it fits; another one is closed. */
  take(back: KnownParticipant, selfArrival: number): MeshEntry | null {
    const kept = this.#entries.get(back.id);
    if (!kept) return null;
    if (!fits(kept.entry, back, selfArrival)) this.#drop(back.id);
    else {
      kept.cancel();
      this.#entries.delete(back.id);
      return kept.entry;
    }
    return null;
  }

  close(): void {
    for (const id of [...this.#entries.keys()]) this.#drop(id);
  }

  #drop(id: string): void {
    const kept = this.#entries.get(id);
    kept?.cancel();
    kept?.entry.sealed.close();
    this.#entries.delete(id);
  }
}

/** Whether `entry` is the link to this page load at this arrival, of this page at its own. */
export function fits(
  { participant, selfArrival }: MeshEntry,
  other: KnownParticipant,
  ownArrival: number,
): boolean {
  return (
    participant.incarnation === other.incarnation &&
    participant.arrival === other.arrival &&
    selfArrival === ownArrival
  );
}
