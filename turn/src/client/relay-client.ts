import { createHmac, randomBytes } from 'node:crypto';
import {
  ATTRIBUTE,
  type Attribute,
  CLASS,
  type Challenge,
  type Credential,
  type Endpoint,
  METHOD,
  type StunMessage,
  decode,
  decodeEndpoint,
  encode,
  encodeEndpoint,
  errorCodeOf,
  integrityKey,
} from './stun-message.ts';
import { type RelayUrl, type Transport, openTransport } from './transport.ts';

/** What became of a request: the number of the refusal, or none. */
export type Outcome = { error: number | null; reply: StunMessage };

const TRIES_MS = [300, 600, 1_200, 2_400];
const UDP = 17;
/** The first of the numbers for channels (RFC 8656 §12). */
const FIRST_CHANNEL = 0x4000;

/** Nothing came back. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** One client of a relay, as a browser is for one link: one way to it, and so one allocation. */
export class RelayClient {
  readonly #transport: Transport;
  readonly #credential: Credential | null;
  readonly #waiting = new Map<string, (reply: StunMessage) => void>();
  #challenge: Challenge | null = null;
  #channels = 0;
  /** What peers have sent, through the relay. */
  readonly received: Buffer[] = [];
  /** Is told whenever something is added to {@link received}. */
  onReceived: () => void = () => undefined;

  private constructor(transport: Transport, credential: Credential | null) {
    this.#transport = transport;
    this.#credential = credential;
    transport.onMessage = (bytes) => this.#take(bytes);
  }

  /** Rejects where no connection can be made. Certificates are looked at only where `isStrict`. */
  static async open(
    url: RelayUrl,
    credential: Credential | null = null,
    { isStrict = false } = {},
  ): Promise<RelayClient> {
    return new RelayClient(await openTransport(url, { isStrict }), credential);
  }

  /** Rejects with {@link NoAnswer}. */
  async allocate(family: 4 | 6 | null = null, transport = UDP): Promise<Outcome> {
    const wanted: Attribute[] = [[ATTRIBUTE.requestedTransport, Buffer.from([transport, 0, 0, 0])]];
    if (family !== null)
      wanted.push([ATTRIBUTE.requestedAddressFamily, Buffer.from([family === 4 ? 1 : 2, 0, 0, 0])]);
    return this.#ask(METHOD.allocate, () => wanted);
  }

  /** The relayed address of a granted allocation. */
  static relayedAddress({ reply }: Outcome): Endpoint {
    const value = reply.attributes.get(ATTRIBUTE.xorRelayedAddress);
    if (!value) throw new Error('The relay grants an allocation and does not say where it is.');
    return decodeEndpoint(value, reply.transaction);
  }

  permit(peer: Endpoint): Promise<Outcome> {
    return this.#ask(METHOD.createPermission, (transaction) => [
      [ATTRIBUTE.xorPeerAddress, encodeEndpoint(peer, transaction)],
    ]);
  }

  /** Binds the next channel; resolves with its number as well. */
  async bindChannel(peer: Endpoint): Promise<Outcome & { channel: number }> {
    const channel = FIRST_CHANNEL + this.#channels++;
    const number = Buffer.from([channel >> 8, channel & 0xff, 0, 0]);
    const outcome = await this.#ask(METHOD.channelBind, (transaction) => [
      [ATTRIBUTE.channelNumber, number],
      [ATTRIBUTE.xorPeerAddress, encodeEndpoint(peer, transaction)],
    ]);
    return { ...outcome, channel };
  }

  /** Without an answer, as Send always is. */
  send(peer: Endpoint, data: Buffer): void {
    const transaction = randomBytes(12);
    const attributes: Attribute[] = [
      [ATTRIBUTE.xorPeerAddress, encodeEndpoint(peer, transaction)],
      [ATTRIBUTE.data, data],
    ];
    this.#transport.send(encode(METHOD.send, CLASS.indication, attributes, null, transaction));
  }

  sendOnChannel(channel: number, data: Buffer): void {
    const bytes = Buffer.alloc(4 + Math.ceil(data.length / 4) * 4);
    bytes.writeUInt16BE(channel, 0);
    bytes.writeUInt16BE(data.length, 2);
    data.copy(bytes, 4);
    this.#transport.send(bytes);
  }

  /** Gives the allocation back, and the connection up. */
  async close(): Promise<void> {
    const nothing: Attribute[] = [[ATTRIBUTE.lifetime, Buffer.alloc(4)]];
    if (this.#challenge) await this.#ask(METHOD.refresh, () => nothing).catch(() => undefined);
    this.#transport.close();
  }

  /** With a credential a challenge is answered; a stale nonce too. */
  async #ask(
    method: number,
    attributesFor: (transaction: Buffer) => Attribute[],
  ): Promise<Outcome> {
    for (let round = 0; ; round += 1) {
      const reply = await this.#exchange(method, attributesFor);
      const error = reply.kind === CLASS.success ? null : (errorCodeOf(reply) ?? 0);
      const [realm, nonce] = [ATTRIBUTE.realm, ATTRIBUTE.nonce].map((type) =>
        reply.attributes.get(type)?.toString(),
      );
      const isChallenge = (error === 401 && this.#challenge === null) || error === 438;
      if (!isChallenge || this.#credential === null || !realm || !nonce || round > 2)
        return { error, reply };
      this.#challenge = { realm, nonce };
    }
  }

  async #exchange(
    method: number,
    attributesFor: (transaction: Buffer) => Attribute[],
  ): Promise<StunMessage> {
    const transaction = randomBytes(12);
    const attributes = attributesFor(transaction);
    let key: Buffer | null = null;
    if (this.#challenge && this.#credential) {
      key = integrityKey(this.#credential, this.#challenge);
      attributes.push(
        [ATTRIBUTE.username, Buffer.from(this.#credential.username)],
        [ATTRIBUTE.realm, Buffer.from(this.#challenge.realm)],
        [ATTRIBUTE.nonce, Buffer.from(this.#challenge.nonce)],
      );
    }
    const bytes = encode(method, CLASS.request, attributes, key, transaction);
    const id = transaction.toString('hex');
    try {
      for (const patience of TRIES_MS) {
        const reply = await new Promise<StunMessage | null>((done) => {
          const timer = setTimeout(() => done(null), patience);
          this.#waiting.set(id, (answer) => {
            clearTimeout(timer);
            done(answer);
          });
          this.#transport.send(bytes);
        });
        if (reply) return reply;
      }
    } finally {
      this.#waiting.delete(id);
    }
    throw new NoAnswer('The relay does not answer.');
  }

  #take(bytes: Buffer): void {
    const message = decode(bytes);
    const data =
      message === null
        ? bytes.subarray(4, 4 + bytes.readUInt16BE(2))
        : message.method === METHOD.data
          ? message.attributes.get(ATTRIBUTE.data)
          : undefined;
    if (data) {
      this.received.push(Buffer.from(data));
      this.onReceived();
    } else if (message) this.#waiting.get(message.transaction.toString('hex'))?.(message);
  }
}

/** A credential as the signaling server makes them. `expiresIn` in seconds. */
export function credentialFor(secret: string, name: string, expiresIn = 600): Credential {
  const username = `${Math.floor(Date.now() / 1000) + expiresIn}:${name}`;
  return { username, password: createHmac('sha1', secret).update(username).digest('base64') };
}
