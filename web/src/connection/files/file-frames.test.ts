import { expect, it } from 'vitest';
import { toBase64url } from '../sealing/base64url.ts';
import { type FileFrame, decodeFrame, encodeFrame } from './file-frames.ts';

const id = toBase64url(new Uint8Array(16).fill(7));
const ids = '07'.repeat(16);
const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const frames: [FileFrame, string][] = [
  [{ type: 'want', id, offset: 258 }, `01${ids}0000000000000102`],
  [
    { type: 'piece', id, offset: 2 ** 36, bytes: Uint8Array.of(1, 2, 3) },
    `02${ids}0000001000000000010203`,
  ],
  [{ type: 'got', id, received: 5, kept: 4 }, `03${ids}00000000000000050000000000000004`],
  [{ type: 'stop', id }, `04${ids}`],
  [{ type: 'gone', id }, `05${ids}`],
];

it.each(frames)('R86 %j has the bytes of the protocol', (frame, bytes) => {
  expect(hex(encodeFrame(frame))).toBe(bytes);
  expect(decodeFrame(encodeFrame(frame).buffer)).toEqual(frame);
});

it.each([
  ['a text', 'text'],
  ['nothing', new ArrayBuffer(0)],
  ['an unknown type', new Uint8Array(17).fill(9).buffer],
  ['a want that is too short', new Uint8Array(24).fill(1).buffer],
  ['a piece of nothing', new Uint8Array(25).fill(2).buffer],
  ['too large a piece', new Uint8Array(25 + 16_385).buffer],
  ['an offset beyond all numbers', Uint8Array.of(1, ...new Array<number>(24).fill(255)).buffer],
  ['a stop with more', new Uint8Array(18).fill(4).buffer],
])('R86 %s is passed over', (_name, data) => {
  if (data instanceof ArrayBuffer && data.byteLength > 16_000) new Uint8Array(data)[0] = 2;
  expect(decodeFrame(data)).toBeNull();
});
