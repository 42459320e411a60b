/** What a picture is by its own first bytes; sizes in pixels. */
export type PictureKind = { type: string; width: number; height: number };

/** Some cameras put a preview of tens of kilobytes before the size. */
const HEAD_BYTES = 262_144;
/** More would take a browser over 160 MB to draw, however small the file. */
const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 16_384;

/** Which raster picture a file is; null if none that may be drawn. Names and types that somebody claims count for nothing. */
export async function pictureIn(file: Blob): Promise<PictureKind | null> {
  const bytes = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
  try {
    const kind = png(bytes) ?? jpeg(bytes) ?? gif(bytes) ?? webp(bytes);
    return kind && isDrawable(kind) ? kind : null;
  } catch (error) {
    // It ends before it says how large it is.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isDrawable({ width, height }: PictureKind): boolean {
  const sides = [width, height];
  return sides.every((side) => side > 0 && side <= LONGEST_SIDE) && width * height <= MOST_PIXELS;
}

function png(bytes: DataView): PictureKind | null {
  if (bytes.getUint32(0) !== 0x89504e47 || bytes.getUint32(12) !== 0x49484452) return null;
  return { type: 'image/png', width: bytes.getUint32(16), height: bytes.getUint32(20) };
}

function gif(bytes: DataView): PictureKind | null {
  if (bytes.getUint32(0) !== 0x47494638) return null;
  return { type: 'image/gif', width: bytes.getUint16(6, true), height: bytes.getUint16(8, true) };
}

/** The size is in the first frame's header (ITU-T T.81, B.2.2), behind segments that say their length. */
function jpeg(bytes: DataView): PictureKind | null {
  if (bytes.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (bytes.getUint8(at) === 0xff) {
    const marker = bytes.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return {
        type: 'image/jpeg',
        height: bytes.getUint16(at + 5),
        width: bytes.getUint16(at + 7),
      };
    at += 2 + bytes.getUint16(at + 2);
  }
  return null;
}

/** RFC 9649. */
function webp(bytes: DataView): PictureKind | null {
  if (bytes.getUint32(0) !== 0x52494646 || bytes.getUint32(8) !== 0x57454250) return null;
  const type = 'image/webp';
  const chunk = bytes.getUint32(12);
  const three = (at: number) => bytes.getUint16(at, true) + (bytes.getUint8(at + 2) << 16);
  if (chunk === 0x56503858) return { type, width: three(24) + 1, height: three(27) + 1 };
  if (chunk === 0x56503820)
    return {
      type,
      width: bytes.getUint16(26, true) & 0x3fff,
      height: bytes.getUint16(28, true) & 0x3fff,
    };
  if (chunk !== 0x5650384c) return null;
  const sizes = bytes.getUint32(21, true);
  return { type, width: (sizes & 0x3fff) + 1, height: ((sizes >> 14) & 0x3fff) + 1 };
}
