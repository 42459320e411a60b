/** What a picture is by its own first bytes; sizes in pixels. */
export type PictureKind = { type: string; width: number; height: number };

/** Some cameras put a preview of tens of kilobytes before the size. */
const HEAD_BYTES = 262_144;
/** More would take a browser over 160 MB to draw, however small the file. */
const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 16_384;
/** Of what moves every frame is drawn anew, for as long as it is looked at. */
const MOST_MOVING_PIXELS = 4_000_000;

/** Which raster picture a file is; null if none that may be drawn. Names and types that somebody claims count for nothing. */
export async function pictureIn(file: Blob): Promise<PictureKind | null> {
  const bytes = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
  try {
    const kind = png(bytes) ?? jpeg(bytes) ?? gif(bytes) ?? webp(bytes);
    if (kind === null || !isDrawable(kind)) return null;
    const { type, width, height } = kind;
    return { type, width, height };
  } catch (error) {
    // It ends before it says how large it is.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Found = PictureKind & { mayMove: boolean };

function isDrawable({ width, height, mayMove }: Found): boolean {
  const sides = [width, height];
  const most = mayMove ? MOST_MOVING_PIXELS : MOST_PIXELS;
  return sides.every((side) => side > 0 && side <= LONGEST_SIDE) && width * height <= most;
}

function png(bytes: DataView): Found | null {
  if (bytes.getUint32(0) !== 0x89504e47 || bytes.getUint32(12) !== 0x49484452) return null;
  const [width, height] = [bytes.getUint32(16), bytes.getUint32(20)];
  return { type: 'image/png', width, height, mayMove: saysThatItMoves(bytes) };
}

/** An `acTL` chunk before the first `IDAT`, if it ends before that (PNG, third edition, 11.3.6.1). */
function saysThatItMoves(bytes: DataView): boolean {
  for (let at = 8; at + 8 <= bytes.byteLength; at += 12 + bytes.getUint32(at)) {
    const chunk = bytes.getUint32(at + 4);
    if (chunk === 0x49444154) return false;
    if (chunk === 0x6163544c) return true;
  }
  // What comes before the picture is longer than what is looked at.
  return bytes.byteLength >= HEAD_BYTES;
}

/** The first frame may be larger than the screen, which browsers enlarge to it (GIF89a, 18 to 20). */
function gif(bytes: DataView): Found | null {
  if (bytes.getUint32(0) !== 0x47494638) return null;
  const short = (at: number) => bytes.getUint16(at, true);
  const packed = bytes.getUint8(10);
  let at = 13 + (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);
  while (bytes.getUint8(at) === 0x21) at = behindBlocks(bytes, at + 2);
  if (bytes.getUint8(at) !== 0x2c) return null;
  const width = Math.max(short(6), short(at + 1) + short(at + 5));
  const height = Math.max(short(8), short(at + 3) + short(at + 7));
  return { type: 'image/gif', width, height, mayMove: true };
}

/** Behind a chain of blocks that say their length, which one of no length ends. */
function behindBlocks(bytes: DataView, from: number): number {
  let at = from;
  for (let length = bytes.getUint8(at); length > 0; length = bytes.getUint8(at)) at += 1 + length;
  return at + 1;
}

/** Markers that may come before the frame's header and say their length: tables, comments and what applications add. */
const hasLength = (marker: number) =>
  [0xc4, 0xcc, 0xdb, 0xdd, 0xfe].includes(marker) || (marker >= 0xe0 && marker <= 0xef);
/** And those that say none: whoever took them for the others would read another header than browsers do. */
const isAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** The size is in the first frame's header (ITU-T T.81, B.2.2). What is not known to come before that is not drawn. */
function jpeg(bytes: DataView): Found | null {
  if (bytes.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (bytes.getUint8(at) === 0xff) {
    const marker = bytes.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const [height, width] = [bytes.getUint16(at + 5), bytes.getUint16(at + 7)];
      return { type: 'image/jpeg', width, height, mayMove: false };
    }
    if (marker === 0xff) at += 1;
    else if (isAlone(marker)) at += 2;
    else if (hasLength(marker)) at += 2 + bytes.getUint16(at + 2);
    else return null;
  }
  return null;
}

/** RFC 9649. */
function webp(bytes: DataView): Found | null {
  if (bytes.getUint32(0) !== 0x52494646 || bytes.getUint32(8) !== 0x57454250) return null;
  const still = { type: 'image/webp', mayMove: false };
  const chunk = bytes.getUint32(12);
  const three = (at: number) => bytes.getUint16(at, true) + (bytes.getUint8(at + 2) << 16);
  if (chunk === 0x56503858) {
    const mayMove = (bytes.getUint8(20) & 2) > 0;
    return { ...still, mayMove, width: three(24) + 1, height: three(27) + 1 };
  }
  if (chunk === 0x56503820)
    return {
      ...still,
      width: bytes.getUint16(26, true) & 0x3fff,
      height: bytes.getUint16(28, true) & 0x3fff,
    };
  if (chunk !== 0x5650384c) return null;
  const sizes = bytes.getUint32(21, true);
  return { ...still, width: (sizes & 0x3fff) + 1, height: ((sizes >> 14) & 0x3fff) + 1 };
}
