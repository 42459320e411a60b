import type { RefusedSignals } from './meeting-events.ts';

/** Counts what was refused, by participant and kind, for as long as the page lives (R19). */
export class RefusedTally {
  readonly #counts = new Map<string, RefusedSignals>();
  readonly #onCount: (participantId: string, refused: RefusedSignals) => void;

  constructor(onCount: (participantId: string, refused: RefusedSignals) => void) {
    this.#onCount = onCount;
  }

  count(participantId: string, kind: keyof RefusedSignals): void {
    const counts = this.#counts.get(participantId) ?? {
      fingerprint: 0,
      altered: 0,
      repeated: 0,
      stale: 0,
    };
    counts[kind] += 1;
    this.#counts.set(participantId, counts);
    this.#onCount(participantId, { ...counts });
  }
}
