import { createHash, createHmac, randomBytes } from 'node:crypto';

/** Of RFC 8489 (STUN) and RFC 8656 (TURN); requests, to which answers add 0x0100 or 0x0110. */
export const methods = {
  binding: 0x0001,
  allocate: 0x0003,
  refresh: 0x0004,
  createPermission: 0x0008,
  /** Indications, which are not answered. */
  send: 0x0016,
  data: 0x0017,
} as const;

export const attributes = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedTransport: 0x0019,
  xorMappedAddress: 0x0020,
} as const;

export type Attribute = [type: number, value: Buffer];
export type Message = { type: number; transaction: string; attributes: Map<number, Buffer> };
export type Endpoint = { address: string; port: number };

const COOKIE = 0x2112a442;
const HEADER = 20;

/** What a long-term credential is proved with. */
export type Key = { username: string; realm: string; password: string; nonce: Buffer };

/** A message's bytes and the transaction by which its answer is known. With `key` it is proved (RFC 8489 §14.5). */
export function encode(type: number, given: Attribute[], key?: Key): [Buffer, string] {
  const transaction = randomBytes(12);
  const proof: Attribute[] = key
    ? [
        [attributes.username, Buffer.from(key.username)],
        [attributes.realm, Buffer.from(key.realm)],
        [attributes.nonce, key.nonce],
      ]
    : [];
  const body = Buffer.concat([...given, ...proof].map(encodeAttribute));
  const withHeader = (length: number) => {
    const header = Buffer.alloc(8);
    header.writeUInt16BE(type, 0);
    header.writeUInt16BE(length, 2);
    header.writeUInt32BE(COOKIE, 4);
    return Buffer.concat([header, transaction, body]);
  };
  const id = transaction.toString('hex');
  if (key === undefined) return [withHeader(body.length), id];
  // The length counts the proof itself already when the proof is made.
  const signed = withHeader(body.length + 24);
  const secret = createHash('md5').update(`${key.username}:${key.realm}:${key.password}`).digest();
  const integrity = createHmac('sha1', secret).update(signed).digest();
  return [Buffer.concat([signed, encodeAttribute([attributes.messageIntegrity, integrity])]), id];
}

/** The length in bytes of the message that begins here, null while too little of it has come. */
export function lengthOf(bytes: Buffer): number | null {
  return bytes.length < HEADER ? null : HEADER + bytes.readUInt16BE(2);
}

/** Null for what is no STUN message. */
export function decode(bytes: Buffer): Message | null {
  if (bytes.length < HEADER || bytes.readUInt32BE(4) !== COOKIE) return null;
  const found = new Map<number, Buffer>();
  for (let at = HEADER; at + 4 <= bytes.length;) {
    const length = bytes.readUInt16BE(at + 2);
    found.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length + padding(length);
  }
  const transaction = bytes.subarray(8, HEADER).toString('hex');
  return { type: bytes.readUInt16BE(0), transaction, attributes: found };
}

/** An IPv4 address as XOR-…-ADDRESS has it. */
export function encodeEndpoint({ address, port }: Endpoint): Buffer {
  const value = Buffer.alloc(8);
  value.writeUInt16BE(0x0001, 0);
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  const number = Buffer.from(address.split('.').map(Number)).readUInt32BE();
  value.writeUInt32BE((number ^ COOKIE) >>> 0, 4);
  return value;
}

export function decodeEndpoint(value: Buffer): Endpoint {
  const port = value.readUInt16BE(2) ^ (COOKIE >>> 16);
  const number = Buffer.alloc(4);
  number.writeUInt32BE((value.readUInt32BE(4) ^ COOKIE) >>> 0);
  return { address: [...number].join('.'), port };
}

/** `401 Unauthorized`, of an answer that says no. */
export function errorIn(message: Message): { code: number; text: string } | null {
  const value = message.attributes.get(attributes.errorCode);
  if (value === undefined) return null;
  const code = (value[2] ?? 0) * 100 + (value[3] ?? 0);
  return { code, text: `${code} ${value.subarray(4).toString()}` };
}

function encodeAttribute([type, value]: Attribute): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value, Buffer.alloc(padding(value.length))]);
}

function padding(length: number): number {
  return (4 - (length % 4)) % 4;
}
