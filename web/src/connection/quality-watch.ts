import type { Clock } from './clock.ts';

const FIRST_LOOK_MS = 6_000;
const LOOK_MS = 2_000;
/** Loss is judged over 4 s. */
const LOOKS_JUDGED = 2;
const MUCH_LOSS = 0.05;
/** Of the few packets that silence takes, one may go missing. */
const LEAST_LOST = 10;
const LONG_ROUND_TRIP_S = 0.4;

/** What one look at a link's statistics says: packets since its beginning, and the way's round trip in seconds if known. */
export type Quality = { received: number; lost: number; roundTrip: number | null };

export function qualityIn(report: RTCStatsReport): Quality {
  const quality: Quality = { received: 0, lost: 0, roundTrip: null };
  report.forEach((entry: Record<string, unknown>) => {
    if (entry.type === 'inbound-rtp') {
      quality.received += Number(entry.packetsReceived ?? 0);
      quality.lost += Number(entry.packetsLost ?? 0);
    } else if (entry.type === 'candidate-pair' && entry.nominated === true) {
      const { currentRoundTripTime: roundTrip } = entry;
      if (typeof roundTrip === 'number') quality.roundTrip = roundTrip;
    }
  });
  return quality;
}

/** Watches whether a link that works loses or delays so much that people notice. */
export class QualityWatch {
  readonly #clock: Clock;
  readonly #look: () => Promise<RTCStatsReport | null>;
  readonly #onLook: (poor: boolean) => void;
  #looks: Quality[] = [];
  #cancel: (() => void) | null = null;
  #stopped = false;

  constructor(
    clock: Clock,
    look: () => Promise<RTCStatsReport | null>,
    onLook: (poor: boolean) => void,
  ) {
    this.#clock = clock;
    this.#look = look;
    this.#onLook = onLook;
  }

  start(): void {
    this.#cancel ??= this.#lookAfter(FIRST_LOOK_MS);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  #lookAfter(ms: number): () => void {
    return this.#clock.after(ms, () => {
      this.#look().then(
        (report) => this.#judge(report),
        () => this.#judge(null),
      );
    });
  }

  #judge(report: RTCStatsReport | null): void {
    if (this.#stopped) return;
    this.#cancel = this.#lookAfter(LOOK_MS);
    if (!report) return;
    this.#looks = [...this.#looks.slice(-LOOKS_JUDGED), qualityIn(report)];
    this.#onLook(isPoor(this.#looks));
  }
}

function isPoor(looks: Quality[]): boolean {
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last) return false;
  const lost = last.lost - first.lost;
  const received = Math.max(0, last.received - first.received);
  const isLossy = lost >= LEAST_LOST && lost / (lost + received) > MUCH_LOSS;
  return isLossy || (last.roundTrip ?? 0) > LONG_ROUND_TRIP_S;
}
