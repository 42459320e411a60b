import type { Clock } from './clock.ts';

const CHANNEL_ID = 64;
const LEAST_INTERVAL_MS = 90;

/** Opens the channel on which a link's two ends tell how loud they are (R33). Both ends must call it. */
export function openLevelsChannel(
  connection: RTCPeerConnection,
  clock: Clock,
  onLevel: (byte: number) => void,
): RTCDataChannel {
  const channel = connection.createDataChannel('levels', {
    negotiated: true,
    id: CHANNEL_ID,
    ordered: false,
    maxRetransmits: 0,
  });
  channel.binaryType = 'arraybuffer';
  let last = -Infinity;
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    // More than the agreed ten a second is the other side's mistake or malice; either way it is passed over.
    if (!(data instanceof ArrayBuffer) || data.byteLength !== 1) return;
    if (clock.now() - last < LEAST_INTERVAL_MS) return;
    last = clock.now();
    onLevel(new DataView(data).getUint8(0));
  };
  return channel;
}

/** `level` from 0 to 1. */
export function encodeLevel(level: number, speaking: boolean): number {
  const loudness = Math.round(Math.min(1, Math.max(0, level || 0)) * 127);
  return (speaking ? 0x80 : 0) | loudness;
}

export function decodeLevel(byte: number): { level: number; speaking: boolean } {
  return { level: (byte & 0x7f) / 127, speaking: (byte & 0x80) !== 0 };
}
