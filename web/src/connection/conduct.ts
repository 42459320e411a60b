import type { Slot } from './meeting-events.ts';

/** For the word to reach the other page, and for it to do as it says; the round trip comes on top. */
const GRACE_MS = 400;
const MOST_ROUND_TRIP_MS = 500;
/** Whoever has no connection to the server has not heard it yet. */
const ABSENT_GRACE_MS = 15_000;
/** In bytes a second, and at once: less than any speech, more than what wanders. */
const TRICKLE = 250;
/** Whoever has not looked for longer was busy or asleep, and may have missed the end of the word too. */
const MOST_BETWEEN_MS = 3_000;

/** What has come from one participant at one moment: bytes by slot since their connection began. */
export type Look = { at: number; roundTrip: number; bytes: Partial<Record<Slot, number>> };

type Stopped = { toldAt: number; isAbsent: boolean; before: number | null; excess: number };

/** Judges by what arrives whether one page does what a host has said: nothing comes in the slots that are stopped (R100). Times in milliseconds. */
export class Conduct {
  readonly #stopped = new Map<Slot, Stopped>();
  #lookedAt = -Infinity;

  /** In these slots nothing may come, as is known since `now`, or longer. `isAbsent`: they cannot be told at present. */
  expect(slots: Slot[], now: number, isAbsent: boolean): void {
    for (const slot of this.#stopped.keys()) if (!slots.includes(slot)) this.#stopped.delete(slot);
    for (const slot of slots) {
      const known = this.#stopped.get(slot);
      if (!known) this.#stopped.set(slot, { toldAt: now, isAbsent, before: null, excess: 0 });
      else if (known.isAbsent && !isAbsent) Object.assign(known, { isAbsent, toldAt: now });
    }
  }

  /** Whatever came before `now` does not count. */
  begin(now: number): void {
    for (const stopped of this.#stopped.values())
      Object.assign(stopped, { toldAt: now, before: null, excess: 0 });
  }

  /** Since when the latest of it holds. */
  get toldAt(): number {
    return Math.max(...[...this.#stopped.values()].map(({ toldAt }) => toldAt));
  }

  /** Whether they go on sending what is stopped. */
  disobeys({ at, roundTrip, bytes }: Look): boolean {
    const lookedBefore = this.#lookedAt;
    const passed = at - lookedBefore;
    this.#lookedAt = at;
    if (passed > MOST_BETWEEN_MS && passed < Infinity) this.begin(at);
    let isDisobedient = false;
    for (const [slot, stopped] of this.#stopped) {
      const now = bytes[slot] ?? 0;
      const { before, isAbsent } = stopped;
      stopped.before = now;
      const grace = isAbsent ? ABSENT_GRACE_MS : GRACE_MS + Math.min(roundTrip, MOST_ROUND_TRIP_MS);
      // The first look after the grace is what later ones are compared with.
      if (before === null || lookedBefore < stopped.toldAt + grace) continue;
      // Another connection counts anew, and was made when all this was known.
      const came = now < before ? now : now - before;
      stopped.excess = Math.max(0, stopped.excess + came - (TRICKLE * passed) / 1_000);
      isDisobedient ||= stopped.excess > TRICKLE;
    }
    return isDisobedient;
  }
}
