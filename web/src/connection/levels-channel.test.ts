import { expect, test } from 'vitest';
import { decodeLevel, encodeLevel, openLevelsChannel } from './levels-channel.ts';
import { ManualClock } from './test/manual-clock.ts';

test('R33 one byte: speaking and loudness', () => {
  expect(encodeLevel(0, false)).toBe(0);
  expect(encodeLevel(1, true)).toBe(255);
  expect(encodeLevel(0.5, false)).toBe(64);
  expect([encodeLevel(7, false), encodeLevel(-1, false), encodeLevel(NaN, false)]).toEqual([
    127, 0, 0,
  ]);
  expect(decodeLevel(255)).toEqual({ level: 1, speaking: true });
  for (let byte = 0; byte < 256; byte++) {
    const { level, speaking } = decodeLevel(byte);
    expect(encodeLevel(level, speaking)).toBe(byte);
  }
});

function opened() {
  const clock = new ManualClock();
  const levels: number[] = [];
  const made: unknown[] = [];
  const channel = { onmessage: (_event: { data: unknown }) => undefined as unknown };
  const connection = {
    createDataChannel: (...options: unknown[]) => {
      made.push(options);
      return channel;
    },
  };
  openLevelsChannel(connection as unknown as RTCPeerConnection, clock, (byte) => levels.push(byte));
  return { clock, levels, made, say: (data: unknown) => channel.onmessage({ data }) };
}

test('R33 negotiated, id 64, unordered, without retransmissions', () => {
  const options = { negotiated: true, id: 64, ordered: false, maxRetransmits: 0 };
  expect(opened().made).toEqual([['levels', options]]);
});

test('R33 more than ten a second, and anything but one byte, is passed over', () => {
  const { clock, levels, say } = opened();
  for (let message = 0; message < 1_000; message++) {
    say(Uint8Array.of(7).buffer);
    clock.advance(1);
  }
  expect(levels.length).toBeGreaterThanOrEqual(10);
  expect(levels.length).toBeLessThanOrEqual(12);
  levels.length = 0;
  clock.advance(1_000);
  for (const odd of ['7', new ArrayBuffer(0), new ArrayBuffer(2), null]) say(odd);
  expect(levels).toEqual([]);
});
