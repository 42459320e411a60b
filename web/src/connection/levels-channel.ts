import type { Clock } from './clock.ts';

const CHANNEL_ID = 64;
const LEAST_INTERVAL_MS = 90;
const MOST_INTERVAL_MS = 400;

/** The channel on which a link's two ends tell how loud they are (R33), at least every 400 ms (R49). Both ends must open it. */
export class LevelsChannel {
  readonly #channel: RTCDataChannel;
  readonly #clock: Clock;
  #last = 0;
  #cancel: () => void;

  constructor(connection: RTCPeerConnection, clock: Clock, onLevel: (byte: number) => void) {
    this.#clock = clock;
    this.#channel = connection.createDataChannel('levels', {
      negotiated: true,
      id: CHANNEL_ID,
      ordered: false,
      maxRetransmits: 0,
    });
    this.#channel.binaryType = 'arraybuffer';
    let heardAt = -Infinity;
    this.#channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      // More than the agreed ten a second is the other side's mistake or malice; either way it is passed over.
      if (!(data instanceof ArrayBuffer) || data.byteLength !== 1) return;
      if (clock.now() - heardAt < LEAST_INTERVAL_MS) return;
      heardAt = clock.now();
      onLevel(new DataView(data).getUint8(0));
    };
    this.#cancel = this.#repeatLater();
  }

  send(byte: number): void {
    this.#last = byte;
    this.#cancel();
    this.#cancel = this.#repeatLater();
    if (this.#channel.readyState === 'open') this.#channel.send(Uint8Array.of(byte));
  }

  close(): void {
    this.#cancel();
    this.#channel.close();
  }

  /** So that something always arrives while the way there works. */
  #repeatLater(): () => void {
    return this.#clock.after(MOST_INTERVAL_MS, () => this.send(this.#last));
  }
}

/** `level` from 0 to 1. */
export function encodeLevel(level: number, speaking: boolean): number {
  const loudness = Math.round(Math.min(1, Math.max(0, level || 0)) * 127);
  return (speaking ? 0x80 : 0) | loudness;
}

export function decodeLevel(byte: number): { level: number; speaking: boolean } {
  return { level: (byte & 0x7f) / 127, speaking: (byte & 0x80) !== 0 };
}
