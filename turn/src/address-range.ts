import { isIP } from 'node:net';

/** All addresses that begin alike: `10.0.0.0/8`, or a single address. */
export type AddressRange = { family: 4 | 6; first: bigint; last: bigint };

const WIDTH = { 4: 32, 6: 128 } as const;

/**
 * Reads a network (`fc00::/7`) or a single address. Throws a RangeError for anything else, and for a network whose address says more than its
 * prefix (`10.0.0.1/8`): coturn before 4.16 compares ranges byte by byte, which is right for whole prefixes only.
 */
export function readRange(text: string): AddressRange {
  const [address = '', prefixText, ...more] = text.split('/');
  const family = isIP(address);
  if ((family !== 4 && family !== 6) || more.length > 0 || address.includes('%'))
    throw new RangeError(`“${text}” is neither an address nor a network.`);
  const width = WIDTH[family];
  const prefix = prefixText === undefined ? width : Number(prefixText);
  if (!/^\d{1,3}$/.test(prefixText ?? '0') || prefix > width)
    throw new RangeError(`“${text}” has no prefix from 0 to ${width}.`);
  const first = addressNumber(address);
  const size = 1n << BigInt(width - prefix);
  if (first % size !== 0n)
    throw new RangeError(`“${text}” is within a network, and not the network itself.`);
  return { family, first, last: first + size - 1n };
}

/** As coturn writes it: `first-last`. */
export function rangeText({ family, first, last }: AddressRange): string {
  return first === last
    ? addressText(family, first)
    : `${addressText(family, first)}-${addressText(family, last)}`;
}

export function contains(range: AddressRange, address: string): boolean {
  const number = addressNumber(address);
  return range.family === isIP(address) && number >= range.first && number <= range.last;
}

/** The bytes of an address as one number. */
export function addressNumber(address: string): bigint {
  if (isIP(address) === 4)
    return address.split('.').reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  // The last two groups may be written as IPv4.
  const whole = address.replace(/[\d.]+\.[\d.]+$/, (tail) => {
    const number = addressNumber(tail);
    return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
  });
  const [head = '', tail] = whole.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const after = groups(tail ?? '');
  const before = groups(head);
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after].reduce(
    (sum, group) => sum * 65_536n + BigInt(`0x${group}`),
    0n,
  );
}

function addressText(family: 4 | 6, number: bigint): string {
  const [count, bits, base, separator] = family === 4 ? [4, 8n, 10, '.'] : [8, 16n, 16, ':'];
  return Array.from({ length: count }, (_, index) => {
    const shift = BigInt(count - 1 - index) * bits;
    return ((number >> shift) & ((1n << bits) - 1n)).toString(base);
  }).join(separator);
}
