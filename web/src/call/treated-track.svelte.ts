/** What was made of a track: goes out in its place. */
export type Treatment = { track: MediaStreamTrack; close: () => void };

/** Makes it, or throws where this browser cannot; `onStop` is to hear when nothing comes any more. */
export type Treat = (source: MediaStreamTrack, onStop: () => void) => Promise<Treatment>;

/** A track of one's own as the others are to get it, while that is wanted and this browser can. */
export class TreatedTrack {
  readonly #treat: Treat;
  readonly #onChange: () => void;
  readonly #onFail: () => void;
  #source: MediaStreamTrack | null = null;
  #treatment = $state.raw<Treatment | null>(null);
  #isStarting = $state(false);
  #isFailed = $state(false);

  /** `onChange` hears when `track` is there, `onFail` when it will not be, or is not any more. */
  constructor(treat: Treat, onChange: () => void, onFail: () => void) {
    this.#treat = treat;
    this.#onChange = onChange;
    this.#onFail = onFail;
  }

  /** What goes to the others instead of the device's own track; null while there is nothing better. */
  get track(): MediaStreamTrack | null {
    return this.#treatment?.track ?? null;
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Whether this browser could not do it, or stopped doing it, the last time. */
  get isFailed(): boolean {
    return this.#isFailed;
  }

  forgive(): void {
    this.#isFailed = false;
  }

  /** Treats this track from now on; null: none. */
  follow(source: MediaStreamTrack | null): void {
    if (source === this.#source) return;
    this.#source = source;
    this.#treatment?.close();
    this.#treatment = null;
    this.#isStarting = source !== null;
    if (source !== null) void this.#start(source);
  }

  async #start(source: MediaStreamTrack): Promise<void> {
    const isCurrent = () => this.#source === source;
    try {
      const treatment = await this.#treat(source, () => isCurrent() && this.#fail());
      if (!isCurrent()) {
        treatment.close();
        return;
      }
      this.#treatment = treatment;
      this.#isStarting = false;
      this.#onChange();
    } catch {
      if (isCurrent()) this.#fail();
    }
  }

  #fail(): void {
    this.#isFailed = true;
    this.follow(null);
    this.#onFail();
  }
}
