import type { RefusedSignals } from '../meeting-events.ts';

/** Thrown for sealed bytes that are not to be believed (R19, R26); `kind` says how they are counted. */
export class RefusedSeal extends Error {
  readonly kind: keyof RefusedSignals;

  constructor(kind: keyof RefusedSignals, reason: string) {
    super(reason);
    this.name = 'RefusedSeal';
    this.kind = kind;
  }
}
