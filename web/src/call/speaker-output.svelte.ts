/** Where the others are heard, and whether the browser lets them be heard at all yet. */
export class SpeakerOutput {
  /** Whether this browser can send sound anywhere but to the system's choice. */
  readonly canChoose = 'setSinkId' in HTMLMediaElement.prototype;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #elements = new Set<HTMLMediaElement>();
  #deviceId = $state('');
  #isBlocked = $state(false);
  #isSubstituted = $state(false);

  constructor(deviceId: string) {
    this.#deviceId = deviceId;
  }

  /** '' is the system's choice. */
  get deviceId(): string {
    return this.#deviceId;
  }

  /** Whether sound waits for a click, as browsers ask on pages nobody has touched yet. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** Whether what was chosen went away, so that the system's choice stands in. */
  get isSubstituted(): boolean {
    return this.#isSubstituted;
  }

  /** The person knows of the substitute. */
  forgetSubstitute(): void {
    this.#isSubstituted = false;
  }

  /** Keeps to the speakers there are: browsers go on playing to one that was pulled out, where nobody hears it. */
  follow(speakers: MediaDeviceInfo[]): void {
    // An empty list is one that the browser keeps to itself.
    if (this.#deviceId === '' || speakers.length === 0) return;
    if (speakers.some(({ deviceId }) => deviceId === this.#deviceId)) return;
    void this.choose('');
    this.#isSubstituted = true;
  }

  /** Plays `element` here until the returned function is called. */
  add(element: HTMLMediaElement): () => void {
    this.#elements.add(element);
    void this.#direct(element);
    this.#play(element);
    return () => this.#elements.delete(element);
  }

  async choose(deviceId: string): Promise<void> {
    this.#deviceId = deviceId;
    this.#isSubstituted = false;
    await Promise.all([...this.#elements].map((element) => this.#direct(element)));
  }

  /** To be called from a click. */
  unblock(): void {
    this.#isBlocked = false;
    for (const element of this.#elements) this.#play(element);
  }

  #play(element: HTMLMediaElement): void {
    element.play().catch((error: unknown) => {
      // Anything else ends by itself: a new stream replaced this one, or the element left the page.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.#isBlocked = true;
    });
  }

  async #direct(element: HTMLMediaElement): Promise<void> {
    if (!this.canChoose) return;
    try {
      await element.setSinkId(this.#deviceId);
    } catch {
      // The device is gone or was never allowed: the system's choice is always there.
      this.#deviceId = '';
    }
  }
}
