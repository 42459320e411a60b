import type { NoiseRemover } from './noise-remover.ts';

/** One's voice without noise, while that is wanted and this browser can; what does it is fetched when it is first wanted. */
export class CleanVoice {
  readonly #onChange: () => void;
  readonly #onFail: () => void;
  #voice: MediaStreamTrack | null = null;
  #remover = $state.raw<NoiseRemover | null>(null);
  #isStarting = $state(false);
  #isFailed = $state(false);

  /** `onChange` hears when `track` is there, `onFail` when it will not be, or is not any more. */
  constructor(onChange: () => void, onFail: () => void) {
    this.#onChange = onChange;
    this.#onFail = onFail;
  }

  /** What goes to the others instead of the microphone's own track; null while there is nothing better. */
  get track(): MediaStreamTrack | null {
    return this.#remover?.track ?? null;
  }

  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Whether this browser could not do it, or stopped doing it; then it is left alone until `forgive`. */
  get isFailed(): boolean {
    return this.#isFailed;
  }

  forgive(): void {
    this.#isFailed = false;
  }

  /** Cleans this voice from now on; null: none. */
  follow(voice: MediaStreamTrack | null): void {
    if (voice === this.#voice) return;
    this.#voice = voice;
    this.#remover?.close();
    this.#remover = null;
    this.#isStarting = voice !== null;
    if (voice !== null) void this.#start(voice);
  }

  async #start(voice: MediaStreamTrack): Promise<void> {
    const isCurrent = () => this.#voice === voice;
    try {
      const { removeNoise } = await import('./noise-remover.ts');
      const remover = await removeNoise(voice, () => isCurrent() && this.#fail());
      if (!isCurrent()) {
        remover.close();
        return;
      }
      this.#remover = remover;
      this.#isStarting = false;
      this.#onChange();
    } catch {
      if (isCurrent()) this.#fail();
    }
  }

  /** Better with noise than not heard. */
  #fail(): void {
    this.#isFailed = true;
    this.follow(null);
    this.#onFail();
  }
}
