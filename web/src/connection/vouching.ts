import { surfaceError } from './surface-error.ts';
import type { Clock } from './clock.ts';

const FIRST_LOOK_MS = 500;
const EVERY_MS = 2_000;

/** Says for others that they are still there: their socket is gone, but what they send still arrives (R10). */
export class Vouching {
  readonly #clock: Clock;
  readonly #works: (participantId: string) => boolean;
  readonly #received: (participantId: string) => Promise<number>;
  readonly #vouch: (participantIds: string[]) => void;
  /** How much had arrived at the last look; null before the first. */
  readonly #watched = new Map<string, number | null>();
  #cancel: (() => void) | null = null;

  constructor(
    clock: Clock,
    works: (participantId: string) => boolean,
    received: (participantId: string) => Promise<number>,
    vouch: (participantIds: string[]) => void,
  ) {
    this.#clock = clock;
    this.#works = works;
    this.#received = received;
    this.#vouch = vouch;
  }

  /** Watches exactly these from now on. */
  watch(reconnecting: string[]): void {
    for (const id of this.#watched.keys()) if (!reconnecting.includes(id)) this.#watched.delete(id);
    const fresh = reconnecting.filter((id) => !this.#watched.has(id));
    for (const id of fresh) this.#watched.set(id, null);
    // A loss that the server noticed late is shown for a second only (R9), less than a look takes.
    const alive = fresh.filter((id) => this.#works(id));
    if (alive.length > 0) this.#vouch(alive);
    if (this.#watched.size === 0) this.close();
    // The first look is delayed so that packets already under way do not pass for signs of life.
    else this.#cancel ??= this.#clock.after(FIRST_LOOK_MS, () => this.#look());
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #look(): void {
    this.#cancel = this.#clock.after(EVERY_MS, () => this.#look());
    this.#findAlive().then((alive) => {
      if (alive.length > 0) this.#vouch(alive);
    }, surfaceError);
  }

  async #findAlive(): Promise<string[]> {
    const alive: string[] = [];
    for (const [id, before] of [...this.#watched]) {
      const now = await this.#received(id);
      if (!this.#watched.has(id)) continue;
      if (before !== null && now > before) alive.push(id);
      this.#watched.set(id, now);
    }
    return alive;
  }
}

/**
 * A number that grows for as long as the other side's browser lives: what it sends, and its answers to this side's
 * connectivity checks, which go on when nobody speaks and no camera is on.
 */
export function signsOfLife(stats: RTCStatsReport | null): number {
  let signs = 0;
  stats?.forEach((report: Record<string, unknown>) => {
    const type = report.type;
    if (type === 'inbound-rtp') signs += Number(report.bytesReceived ?? 0);
    if (type === 'candidate-pair') signs += Number(report.responsesReceived ?? 0);
  });
  return signs;
}
