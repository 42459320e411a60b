import type { Participant } from '../../tests/fixtures/participant.ts';

/** The pages remember three seconds of what they play. */
const EVERY_MS = 1_000;
/** Beeps come four times a second. */
const SILENT_MS = 700;
const TOLERANCE = 30;

/** Whose sound pages played, and when: what no page had cannot be in a recording. */
export class Ears {
  readonly #pairs: [listener: Participant, heard: Participant][];
  readonly #moments = new Map<Participant, number[]>();
  readonly #timer: ReturnType<typeof setInterval>;

  /** Listens to everybody in the page of the first of them, and to the first in that of the second. */
  constructor([first, second, ...others]: Participant[]) {
    if (!first || !second) throw new Error('There is nobody to listen.');
    this.#pairs = [second, ...others].map((heard) => [first, heard]);
    this.#pairs.push([second, first]);
    this.#timer = setInterval(() => void this.#listen(), EVERY_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Whether `who` was silent for a while between two times (milliseconds since 1970), wherever it was lost. */
  wasSilent(who: Participant, from: number, to: number): boolean {
    const within = (this.#moments.get(who) ?? []).filter((at) => at > from && at < to);
    const times = [from, ...within, to].sort((one, other) => one - other);
    return times.some((at, index) => at - (times[index - 1] ?? at) > SILENT_MS);
  }

  async #listen(): Promise<void> {
    for (const [listener, heard] of this.#pairs) {
      // A tab that is closed meanwhile hears nothing more.
      const sounds = await listener.page.evaluate(() => window.observer.heard()).catch(() => []);
      const now = Date.now();
      const moments = sounds
        .flatMap((sound) => sound.moments)
        .filter(({ pitch }) => Math.abs((pitch ?? 0) - heard.identity.pitch) < TOLERANCE)
        .map(({ ago }) => now - ago);
      this.#moments.set(heard, [...(this.#moments.get(heard) ?? []), ...moments]);
    }
  }
}
