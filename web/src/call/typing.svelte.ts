import { SvelteMap } from 'svelte/reactivity';
import { Stored } from './stored.ts';

const KEY = 'confab:typing';
const SHOWN_MS = 4_000;
const isBoolean = (value: unknown) => typeof value === 'boolean';

/** Who is writing just now (R47). Whoever does not tell does not see it either. */
export class Typing {
  readonly #announce: (to: string | null) => void;
  readonly #stored = new Stored(() => localStorage);
  readonly #timers = new SvelteMap<string, ReturnType<typeof setTimeout>>();
  #isOn = $state(true);

  constructor(announce: (to: string | null) => void) {
    this.#announce = announce;
    this.#isOn = this.#stored.read(KEY, isBoolean) ?? true;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Remembered in this browser. */
  set isOn(isOn: boolean) {
    this.#isOn = isOn;
    this.#stored.write(KEY, isOn);
    if (!isOn) this.close();
  }

  /** Participants, by id. */
  get people(): string[] {
    return [...this.#timers.keys()];
  }

  /** One is writing to everybody, or to `to` alone. */
  tell(to: string | null): void {
    if (this.#isOn) this.#announce(to);
  }

  see(participantId: string): void {
    if (!this.#isOn) return;
    clearTimeout(this.#timers.get(participantId));
    const timer = setTimeout(() => this.#timers.delete(participantId), SHOWN_MS);
    this.#timers.set(participantId, timer);
  }

  end(participantId: string): void {
    clearTimeout(this.#timers.get(participantId));
    this.#timers.delete(participantId);
  }

  close(): void {
    for (const participantId of this.people) this.end(participantId);
  }
}
