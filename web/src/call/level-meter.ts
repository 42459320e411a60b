import { LOUD_DB, QUIET_DB } from './loudness-scale.ts';

const INTERVAL_MS = 100;
const SPEAKING_LEVEL = 0.28;
const SPEAKING_HOLD_MS = 500;

/** Nothing of it is played: it keeps no speaker awake, and is called seldom. What browsers do not know yet they ignore. */
const UNHEARD = { latencyHint: 'playback', sinkId: { type: 'none' } } as const;

/** Loudness from 0 (a quiet room) to 1 (close and loud), ten times a second, and whether that counts as speaking. */
export type Loudness = { level: number; speaking: boolean };

/** Measures one microphone. Silent, and free of cost, while there is nothing to measure. */
export class LevelMeter {
  readonly #onLoudness: (loudness: Loudness) => void;
  #context: AudioContext | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #spokeAt = -Infinity;

  constructor(onLoudness: (loudness: Loudness) => void) {
    this.#onLoudness = onLoudness;
  }

  /** Measures `track` from now on; null measures nothing and reports silence once. */
  measure(track: MediaStreamTrack | null): void {
    clearInterval(this.#timer);
    this.#source?.disconnect();
    this.#source = null;
    this.#spokeAt = -Infinity;
    this.#onLoudness({ level: 0, speaking: false });
    if (track === null) return;
    this.#context ??= new AudioContext(UNHEARD);
    const analyser = new AnalyserNode(this.#context, { fftSize: 2048 });
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => this.#report(analyser, samples), INTERVAL_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    void this.#context?.close();
    this.#context = null;
  }

  #report(analyser: AnalyserNode, samples: Float32Array<ArrayBuffer>): void {
    // Made without a gesture, a context sleeps; joining is a gesture.
    if (this.#context?.state === 'suspended') void this.#context.resume();
    analyser.getFloatTimeDomainData(samples);
    const level = levelOf(samples);
    const now = performance.now();
    if (level >= SPEAKING_LEVEL) this.#spokeAt = now;
    this.#onLoudness({ level, speaking: now - this.#spokeAt < SPEAKING_HOLD_MS });
  }
}

/** Root mean square of samples between -1 and 1, on the scale of decibels between quiet and loud. */
function levelOf(samples: Float32Array): number {
  let power = 0;
  // Ten times a second for as long as a meeting lasts: with a call or a step of an iterator for each sample, a third of all garbage would be from here.
  // eslint-disable-next-line @typescript-eslint/prefer-for-of -- as above
  for (let index = 0; index < samples.length; index++) power += (samples[index] ?? 0) ** 2;
  const decibels = 10 * Math.log10(power / samples.length);
  return Math.min(1, Math.max(0, (decibels - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}
