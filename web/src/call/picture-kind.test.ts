import { expect, it } from 'vitest';
import { pictureIn } from './picture-kind.ts';

const bytes = (hex: string) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const ascii = (text: string) => Array.from(text, (one) => one.charCodeAt(0).toString(16)).join('');
const png = (width: string, height: string) =>
  `89504e470d0a1a0a0000000d${ascii('IHDR')}${width}${height}0806000000`;
const webp = (chunk: string, rest: string) =>
  `${ascii('RIFF')}00000000${ascii('WEBP')}${ascii(chunk)}00000000${rest}`;

/** A GIF's frame, at a place and of a size. */
const frame = (at: string, size: string) => `2c${at}${size}00`;

it.each([
  ['a PNG', png('00000280', '00000168'), { type: 'image/png', width: 640, height: 360 }],
  [
    'a GIF',
    `${ascii('GIF89a')}0a001400000000${frame('00000000', '0a001400')}`,
    { type: 'image/gif', width: 10, height: 20 },
  ],
  [
    'a JPEG behind other segments',
    `ffd8ffff01ffd0ffffe00004aabbffc40003ccffc2000b0801680280${'00'.repeat(8)}`,
    { type: 'image/jpeg', width: 640, height: 360 },
  ],
  [
    'a lossy WebP',
    webp('VP8 ', `${'00'.repeat(3)}9d012a80026801`),
    { type: 'image/webp', width: 640, height: 360 },
  ],
  [
    'a lossless WebP',
    webp('VP8L', `2f7fc25900${'00'.repeat(8)}`),
    { type: 'image/webp', width: 640, height: 360 },
  ],
  [
    'an extended WebP',
    webp('VP8X', `000000007f0200670100`),
    { type: 'image/webp', width: 640, height: 360 },
  ],
])('R91 %s says what it is', async (_, hex, kind) => {
  expect(await pictureIn(new Blob([bytes(hex)], { type: 'text/html' }))).toEqual(kind);
});

const gif = (rest: string, packed = '00') => `${ascii('GIF89a')}0a000a00${packed}0000${rest}`;
const jpegFrame = `ffc2000b0801680280${'00'.repeat(8)}`;

it.each([
  ['an SVG', ascii('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a page', ascii('<!doctype html><script>alert(1)</script>')],
  ['nothing', ''],
  ['a PNG that ends too early', png('00000280', '00000168').slice(0, 40)],
  ['a JPEG without a frame', 'ffd8ffe00004aabb'],
  ['a JPEG whose segments go nowhere', `ffd8${'ffe00000'.repeat(3)}`],
  ['a GIF whose first frame is larger than its screen', gif(frame('00000000', '803e803e'))],
  ['a GIF whose first frame lies far outside of it', gif(frame('803e803e', '01000100'))],
  [
    'a GIF with colours and remarks before such a frame',
    gif(`${'00'.repeat(6)}21fe02aabb0021f90400000000002c${'00'.repeat(4)}803e803e00`, '80'),
  ],
  ['a GIF that moves and is as large as a yard', gif(frame('00000000', 'd007d107'))],
  ['a GIF without a frame', gif('3b')],
  ['a JPEG that hides its frame behind a marker without length', `ffd8ff010004aabb${jpegFrame}`],
  ['a JPEG with a marker that nobody knows', `ffd8ff020004aabb${jpegFrame}`],
  ['a JPEG with a stuffed byte', `ffd8ff000004aabb${jpegFrame}`],
  [
    'a PNG that moves and is as large as a yard',
    `${png('00000800', '00000800')}00000000000000086163544c${'00'.repeat(12)}`,
  ],
  ['a PNG of no size', png('00000000', '00000168')],
  ['a PNG as long as a road', png('00010000', '00000001')],
  ['a PNG as large as a field', png('00003000', '00003000')],
])('R91 %s is not drawn', async (_, hex) => {
  expect(await pictureIn(new Blob([bytes(hex)], { type: 'image/png' }))).toBeNull();
});
