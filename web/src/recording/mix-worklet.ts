import { CHANNELS, type SoundBlock } from './recorder-messages.ts';

/** What the types for pages do not know of the place where sound is processed (Web Audio §1.32). */
declare const registerProcessor: (name: string, processor: unknown) => void;
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };

/** 40 ms at 48 kHz: fewer would be messages for nothing. */
const FRAMES = 1_920;

/** Passes on what it hears, in blocks, through the port it is given first. */
class Mixed extends AudioWorkletProcessor {
  #to: MessagePort | undefined;
  #samples = new Float32Array(FRAMES * CHANNELS);
  #filled = 0;

  constructor() {
    super();
    this.port.onmessage = ({ ports: [to] }) => {
      this.#to = to;
    };
  }

  process([heard = []]: Float32Array[][]): boolean {
    const frames = heard[0]?.length ?? 128;
    for (let channel = 0; channel < CHANNELS; channel++) {
      // Of nobody, and of a voice with one channel, the others are alike.
      const from = heard[channel] ?? heard[0];
      if (from) this.#samples.set(from, channel * FRAMES + this.#filled);
    }
    this.#filled += frames;
    if (this.#filled >= FRAMES) this.#pass();
    return true;
  }

  #pass(): void {
    const block: SoundBlock = { at: Date.now(), samples: this.#samples };
    this.#to?.postMessage(block, [block.samples.buffer]);
    this.#samples = new Float32Array(FRAMES * CHANNELS);
    this.#filled = 0;
  }
}

registerProcessor('confab-mixed', Mixed);
