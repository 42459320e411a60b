import { LevelMeter, type Loudness } from './level-meter.ts';

/** So long somebody speaks before it is more than a cough; milliseconds. */
const SPEECH_MS = 1_000;
/** So long it is said, and so long it is not said again; milliseconds. */
const TOLD_MS = 6_000;
const REST_MS = 60_000;

/** Notices that one speaks while muted. Listens on this device alone, to a copy of the track that is sent nowhere. */
export class MutedSpeech {
  readonly #meter = new LevelMeter((loudness) => this.#hear(loudness));
  #copy: MediaStreamTrack | null = null;
  #source: MediaStreamTrack | null = null;
  #since: number | null = null;
  #toldAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isNoticed = $state(false);

  /** Whether to say now that nobody hears it. */
  get isNoticed(): boolean {
    return this.#isNoticed;
  }

  /** Listens to a muted track from now on; null: to nothing, since one is heard or has no microphone. */
  watch(track: MediaStreamTrack | null): void {
    if (track === this.#source) return;
    this.#source = track;
    this.#copy?.stop();
    this.#copy = track?.clone() ?? null;
    this.#since = null;
    if (this.#copy) this.#copy.enabled = true;
    else this.dismiss();
    this.#meter.measure(this.#copy);
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.#isNoticed = false;
  }

  close(): void {
    this.watch(null);
    this.#meter.close();
  }

  #hear({ speaking }: Loudness): void {
    const now = performance.now();
    if (!speaking) this.#since = null;
    else this.#since ??= now;
    if (this.#since === null || now - this.#since < SPEECH_MS) return;
    if (now - this.#toldAt < REST_MS) return;
    this.#toldAt = now;
    this.#isNoticed = true;
    this.#timer = setTimeout(() => (this.#isNoticed = false), TOLD_MS);
  }
}
