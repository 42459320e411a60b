import type { RememberedSeat } from './remembered-seat.ts';
import { SeatHandover } from './seat-handover.ts';
import { SeatLock } from './seat-lock.ts';

/** What the browser gives its tabs to find each other; both are missing in old ones, and then nothing is checked. */
export type BetweenTabs = {
  locks: LockManager | undefined;
  openChannel: (name: string) => BroadcastChannel | undefined;
};

type SeatClaimListener = {
  /** Another tab's person wants the meeting there: gives up the seat and tells what leads back to it; null without one. */
  onWanted(): RememberedSeat | null;
  /** Another tab has taken the seat without an answer from this one, which was frozen then. */
  onStolen(): void;
};

/** Settles between the tabs of this browser which of them has a seat in a meeting. */
export class SeatClaim {
  readonly #lock: SeatLock;
  readonly #handover: SeatHandover;

  constructor(meetingId: string, listener: SeatClaimListener, between: BetweenTabs) {
    this.#lock = new SeatLock(meetingId, between.locks, () => listener.onStolen());
    this.#handover = new SeatHandover(
      between.openChannel(`confab:meeting:${meetingId}`),
      (participantId) => {
        if (this.#lock.participantId !== participantId) return null;
        return listener.onWanted();
      },
    );
  }

  /** Whether this tab may take `seat`, which may be a copy that a duplicated tab brought along; without one, whether no other tab has any. */
  async mayTake(seat: RememberedSeat | null): Promise<boolean> {
    if (seat) return this.#lock.hold(seat.admission.participantId);
    return (await this.#lock.elsewhere()).length === 0;
  }

  /** Takes the seat over from the tab that has it: `copy`'s, or the first there is. Null if it was taken without a word of how to sit down in it. */
  async takeOver(copy: RememberedSeat | null): Promise<RememberedSeat | null> {
    const participantId = copy?.admission.participantId ?? (await this.#lock.elsewhere())[0];
    if (participantId === undefined) return null;
    const given = await this.#handover.ask(participantId);
    await this.#lock.seize(participantId);
    return given ?? copy;
  }

  /** This tab sits in `participantId`'s seat, and in no other. */
  hold(participantId: string): void {
    void this.#lock.hold(participantId);
  }

  release(): void {
    this.#lock.release();
  }

  close(): void {
    this.#lock.release();
    this.#handover.close();
  }
}

// Absent in old browsers, whatever the type says.
const locks = navigator.locks as LockManager | undefined;

/** This page's own. */
export const pageBetweenTabs: BetweenTabs = {
  locks,
  openChannel: (name) =>
    locks && 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : undefined,
};
