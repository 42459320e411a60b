/** Castagnoli's polynomial, its bits reversed (RFC 3720, 12.1). */
const POLYNOMIAL = 0x82f63b78;

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

/** CRC-32C of the bytes so far; Node's own `zlib.crc32` has another polynomial. */
export class Crc32c {
  private rest = 0xffffffff;

  get value(): number {
    return ~this.rest >>> 0;
  }

  add(byte: number): void {
    this.rest = (table[(this.rest ^ byte) & 0xff] ?? 0) ^ (this.rest >>> 8);
  }
}

export function crc32c(bytes: Uint8Array): number {
  const sum = new Crc32c();
  for (const byte of bytes) sum.add(byte);
  return sum.value;
}

/** As LevelDB writes checksums, so that one of data with checksums in it is a good one. */
export function masked(sum: number): number {
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0;
}
