import {
  attributes,
  decodeEndpoint,
  encode,
  encodeEndpoint,
  errorIn,
  methods,
} from './stun-message.ts';
import type { Attribute, Endpoint, Key, Message } from './stun-message.ts';
import { openWire } from './wire.ts';
import type { RelayAddress, Wire } from './wire.ts';

/** Milliseconds: for one answer, and until UDP is asked again. */
const PATIENCE = 6_000;
const AGAIN = 800;

const UDP = Buffer.from([17, 0, 0, 0]);

/** An address at the relay which this program holds, as a browser does for a link. */
export class Allocation {
  readonly relayed: Endpoint;
  /** What came in through the relay. */
  onData: (data: Buffer) => void = () => undefined;
  private readonly wire: Wire;
  private readonly ask: (method: number, given: Attribute[]) => Promise<Message>;

  private constructor(wire: Wire, relayed: Endpoint, ask: Allocation['ask']) {
    this.wire = wire;
    this.relayed = relayed;
    this.ask = ask;
    wire.onMessage = ((before) => (message) => {
      before(message);
      const data = message.attributes.get(attributes.data);
      if (message.type === methods.data && data !== undefined) this.onData(data);
    })(wire.onMessage);
  }

  /** Rejects with what is in the way: nobody answers, the certificate, the credential. */
  static async make(
    address: RelayAddress,
    credential: { username: string; password: string },
  ): Promise<Allocation> {
    const wire = await openWire(address, PATIENCE);
    try {
      const exchange = exchangeOver(wire, address);
      const transport: Attribute = [attributes.requestedTransport, UDP];
      const challenge = await exchange(...encode(methods.allocate, [transport]));
      const realm = challenge.attributes.get(attributes.realm);
      const nonce = challenge.attributes.get(attributes.nonce);
      if (realm === undefined || nonce === undefined)
        throw new Error(errorIn(challenge)?.text ?? 'grants an address to strangers');
      const key: Key = { ...credential, realm: realm.toString(), nonce };
      const ask = async (method: number, given: Attribute[]) => {
        const answer = await exchange(...encode(method, given, key));
        const error = errorIn(answer);
        if (error !== null) throw new Error(refusals[error.code] ?? `answers ${error.text}`);
        return answer;
      };
      const granted = await ask(methods.allocate, [transport]);
      const relayed = granted.attributes.get(attributes.xorRelayedAddress);
      if (relayed === undefined) throw new Error('answers without an address');
      return new Allocation(wire, decodeEndpoint(relayed), ask);
    } catch (fault) {
      wire.close();
      throw fault;
    }
  }

  async permits(peer: Endpoint): Promise<void> {
    await this.ask(methods.createPermission, [[attributes.xorPeerAddress, encodeEndpoint(peer)]]);
  }

  sends(data: Buffer, peer: Endpoint): void {
    const to: Attribute = [attributes.xorPeerAddress, encodeEndpoint(peer)];
    this.wire.send(encode(methods.send, [to, [attributes.data, data]])[0]);
  }

  /** Gives the address back. */
  async end(): Promise<void> {
    await this.ask(methods.refresh, [[attributes.lifetime, Buffer.alloc(4)]]).catch(
      () => undefined,
    );
    this.wire.close();
  }
}

const refusals: Partial<Record<number, string>> = {
  401: 'refuses the credential: TURN_SECRET is not the same on both sides',
  403: 'may not speak to that address',
  486: 'grants nobody so many addresses at once',
  508: 'has no port left',
};

function exchangeOver(wire: Wire, { host, port, transport }: RelayAddress) {
  const waiting = new Map<string, (message: Message) => void>();
  wire.onMessage = (message) => waiting.get(message.transaction)?.(message);
  return (bytes: Buffer, transaction: string): Promise<Message> =>
    new Promise((resolve, reject) => {
      const again = transport === 'UDP' ? setInterval(() => wire.send(bytes), AGAIN) : undefined;
      const end = setTimeout(() => {
        clearInterval(again);
        reject(new Error(`nobody answers at ${host}:${port} over ${transport}`));
      }, PATIENCE);
      waiting.set(transaction, (message) => {
        clearInterval(again);
        clearTimeout(end);
        waiting.delete(transaction);
        resolve(message);
      });
      wire.send(bytes);
    });
}
