import worklet from './mix-worklet.ts?worker&url';
import { CHANNELS, RATE } from './recorder-messages.ts';

/** Newer than the types: sound that is played nowhere depends on no speaker. */
type Options = AudioContextOptions & { sinkId?: { type: 'none' } };

/** Everybody's sound in one, played nowhere. */
export class SoundMix {
  readonly #context: AudioContext;
  readonly #sources = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();
  // Many who speak at once are not louder than one can record.
  readonly #limiter: DynamicsCompressorNode;

  /** To be made at a click, since without one it may not run. */
  constructor() {
    const options: Options = { sampleRate: RATE, sinkId: { type: 'none' } };
    this.#context = new AudioContext(options);
    this.#limiter = new DynamicsCompressorNode(this.#context, {
      threshold: -3,
      knee: 0,
      ratio: 20,
      attack: 0.002,
      release: 0.1,
    });
    // A call on a phone, or a device that is unplugged, may put it to sleep.
    this.#context.addEventListener('statechange', () => {
      if (this.#context.state !== 'closed') void this.#context.resume();
    });
  }

  /** Sends what is heard to `port`, in blocks. Rejects where the browser cannot. */
  async sendTo(port: MessagePort): Promise<void> {
    const context = this.#context;
    await context.audioWorklet.addModule(worklet);
    const node = new AudioWorkletNode(context, 'confab-mixed', {
      numberOfInputs: 1,
      numberOfOutputs: 1,
      channelCount: CHANNELS,
      channelCountMode: 'explicit',
    });
    node.port.postMessage(null, [port]);
    // Only what leads somewhere is processed; it says nothing itself.
    this.#limiter.connect(node).connect(context.destination);
    void context.resume();
  }

  /** Whose sound is in it from here on. */
  hear(tracks: MediaStreamTrack[]): void {
    for (const [track, source] of this.#sources)
      if (!tracks.includes(track)) {
        source.disconnect();
        this.#sources.delete(track);
      }
    for (const track of tracks)
      if (!this.#sources.has(track) && track.readyState === 'live') {
        const source = this.#context.createMediaStreamSource(new MediaStream([track]));
        source.connect(this.#limiter);
        this.#sources.set(track, source);
      }
  }

  close(): void {
    void this.#context.close();
  }
}
