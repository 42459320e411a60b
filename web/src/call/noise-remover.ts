import { loadRnnoise, RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';
import plain from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url';
import simd from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url';
import worklet from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url';
import type { Treatment } from './treated-track.svelte.ts';

/** What RNNoise was made for, in Hz. */
const RATE = 48_000;
/** A suppressor that gives nothing until then gives nothing at all; milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Takes everything but speech out of `voice`, with RNNoise in an audio worklet of this origin; costs 10 ms and no word to anybody. Throws
 * where the browser cannot. `onSleep` hears when the browser lets it sleep, so that nothing comes any more.
 */
export async function removeNoise(
  voice: MediaStreamTrack,
  onSleep: () => void,
): Promise<Treatment> {
  const context = new AudioContext({ sampleRate: RATE });
  try {
    const [wasmBinary] = await Promise.all([
      loadRnnoise({ url: plain, simdUrl: simd }),
      context.audioWorklet.addModule(worklet),
    ]);
    const remover = new RnnoiseWorkletNode(context, { wasmBinary, maxChannels: 1 });
    await gives(context, remover);
    const output = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    context
      .createMediaStreamSource(new MediaStream([voice]))
      .connect(remover)
      .connect(output);
    const [track] = output.stream.getAudioTracks();
    if (track === undefined) throw new Error('Web Audio gave no track.');
    context.addEventListener('statechange', () => {
      if (context.state !== 'running') onSleep();
    });
    return {
      track,
      close: () => {
        track.stop();
        remover.destroy();
        void context.close();
      },
    };
  } catch (error) {
    void context.close();
    throw error;
  }
}

/** Waits until a tone goes through: what does not work in a worklet is silent, and tells nobody. */
async function gives(context: AudioContext, remover: AudioNode): Promise<void> {
  const tone = new OscillatorNode(context, { frequency: 220 });
  const quiet = new GainNode(context, { gain: 0.1 });
  const analyser = new AnalyserNode(context);
  tone.connect(quiet).connect(remover).connect(analyser);
  tone.start();
  const samples = new Float32Array(analyser.fftSize);
  const end = performance.now() + PATIENCE_MS;
  try {
    while (samples.every((sample) => sample === 0)) {
      if (performance.now() > end) throw new Error('The suppressor gives nothing.');
      // Made without a gesture, a context sleeps.
      if (context.state === 'suspended') void context.resume();
      await new Promise((resolve) => setTimeout(resolve, 50));
      analyser.getFloatTimeDomainData(samples);
    }
  } finally {
    tone.stop();
    quiet.disconnect();
    remover.disconnect();
  }
}
