import { createHash, createHmac, randomBytes } from 'node:crypto';
import { addressNumber } from '../address-range.ts';
import { isIP } from 'node:net';

/** STUN (RFC 8489) and TURN (RFC 8656), as much as it takes to knock at a relay's doors, the wrong ones included. */
export const METHOD = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
  channelBind: 0x009,
} as const;
export const CLASS = { request: 0x000, indication: 0x010, success: 0x100, error: 0x110 } as const;
export const ATTRIBUTE = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  channelNumber: 0x000c,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedAddressFamily: 0x0017,
  requestedTransport: 0x0019,
} as const;

const COOKIE = 0x2112a442;

/** An address and a port at it. */
export type Endpoint = { address: string; port: number };

export type Attribute = [type: number, value: Buffer];

export type StunMessage = {
  method: number;
  kind: number;
  transaction: Buffer;
  attributes: Map<number, Buffer>;
};

export type Credential = { username: string; password: string };
/** What a relay's challenge says. */
export type Challenge = { realm: string; nonce: string };

/** A message's bytes; with `key` it ends in a MESSAGE-INTEGRITY made with that. */
export function encode(
  method: number,
  kind: number,
  attributes: Attribute[],
  key: Buffer | null,
  transaction: Buffer = randomBytes(12),
): Buffer {
  const body = Buffer.concat(attributes.map(([type, value]) => encodeAttribute(type, value)));
  const header = (length: number) => {
    const bytes = Buffer.alloc(8);
    // The twelve bits of the method stand around the two of the class.
    const bits = (method & 0xf) | ((method & 0x70) << 1) | ((method & 0xf80) << 2) | kind;
    bytes.writeUInt16BE(bits, 0);
    bytes.writeUInt16BE(length, 2);
    bytes.writeUInt32BE(COOKIE, 4);
    return Buffer.concat([bytes, transaction]);
  };
  if (key === null) return Buffer.concat([header(body.length), body]);
  const signed = Buffer.concat([header(body.length + 24), body]);
  const integrity = createHmac('sha1', key).update(signed).digest();
  return Buffer.concat([signed, encodeAttribute(ATTRIBUTE.messageIntegrity, integrity)]);
}

/** Null for what is no STUN message. */
export function decode(bytes: Buffer): StunMessage | null {
  if (bytes.length < 20 || bytes.readUInt32BE(4) !== COOKIE) return null;
  const bits = bytes.readUInt16BE(0);
  const attributes = new Map<number, Buffer>();
  const end = Math.min(bytes.length, 20 + bytes.readUInt16BE(2));
  for (let at = 20; at + 4 <= end;) {
    const length = bytes.readUInt16BE(at + 2);
    const type = bytes.readUInt16BE(at);
    if (!attributes.has(type)) attributes.set(type, bytes.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return {
    method: (bits & 0xf) | ((bits >> 1) & 0x70) | ((bits >> 2) & 0xf80),
    kind: bits & 0x110,
    transaction: bytes.subarray(8, 20),
    attributes,
  };
}

/** The key of long-term credentials (RFC 8489 §9.2.2). */
export function integrityKey({ username, password }: Credential, { realm }: Challenge): Buffer {
  return createHash('md5').update(`${username}:${realm}:${password}`).digest();
}

/** An XOR-…-ADDRESS attribute's value. */
export function encodeEndpoint({ address, port }: Endpoint, transaction: Buffer): Buffer {
  const isV4 = isIP(address) === 4;
  const plain = Buffer.from(
    addressNumber(address)
      .toString(16)
      .padStart(isV4 ? 8 : 32, '0'),
    'hex',
  );
  const head = Buffer.from([0, isV4 ? 1 : 2, 0, 0]);
  head.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  return Buffer.concat([head, masked(plain, transaction)]);
}

export function decodeEndpoint(value: Buffer, transaction: Buffer): Endpoint {
  const plain = masked(value.subarray(4), transaction);
  const port = value.readUInt16BE(2) ^ (COOKIE >>> 16);
  const address =
    value[1] === 1
      ? [...plain].join('.')
      : (plain.toString('hex').match(/.{4}/g) ?? [])
          .map((group) => group.replace(/^0{1,3}/, ''))
          .join(':');
  return { address, port };
}

/** The number of an ERROR-CODE attribute; null where there is none. */
export function errorCodeOf({ attributes }: StunMessage): number | null {
  const value = attributes.get(ATTRIBUTE.errorCode);
  return value && value.length >= 4 ? (value[2] ?? 0) * 100 + (value[3] ?? 0) : null;
}

function masked(bytes: Buffer, transaction: Buffer): Buffer {
  const cookie = Buffer.alloc(4);
  cookie.writeUInt32BE(COOKIE);
  const mask = Buffer.concat([cookie, transaction]);
  return Buffer.from(bytes.map((byte, index) => byte ^ (mask[index] ?? 0)));
}

function encodeAttribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}
