import { expect, test } from 'vitest';
import { LevelsChannel, decodeLevel, encodeLevel } from './levels-channel.ts';
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
  const sent: number[] = [];
  const inside = {
    readyState: 'open',
    onmessage: (_event: { data: unknown }) => undefined as unknown,
    send: (bytes: Uint8Array) => sent.push(...bytes),
    close: () => undefined,
  };
  const connection = {
    createDataChannel: (...options: unknown[]) => {
      made.push(options);
      return inside;
    },
  };
  const channel = new LevelsChannel(connection as unknown as RTCPeerConnection, clock, (byte) =>
    levels.push(byte),
  );
  return { channel, clock, inside, levels, made, sent };
}

test('R33 negotiated, id 64, unordered, without retransmissions', () => {
  const options = { negotiated: true, id: 64, ordered: false, maxRetransmits: 0 };
  expect(opened().made).toEqual([['levels', options]]);
});

test('R33 more than ten a second, and anything but one byte, is passed over', () => {
  const { clock, levels, inside } = opened();
  const say = (data: unknown) => inside.onmessage({ data });
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

test('R33 R49 the latest level is told again every 400 ms, so that something arrives from whoever is silent', () => {
  const { channel, clock, sent } = opened();
  channel.send(5);
  clock.advance(390);
  channel.send(0);
  clock.advance(1_000);
  expect(sent).toEqual([5, 0, 0, 0]);
  channel.close();
  clock.advance(5_000);
  expect(sent).toHaveLength(4);
});

test('a channel that is not open is not sent on', () => {
  const { channel, clock, inside, sent } = opened();
  inside.readyState = 'connecting';
  channel.send(5);
  inside.readyState = 'open';
  clock.advance(400);
  expect(sent).toEqual([5]);
});
