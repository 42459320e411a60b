import type { ReactionBody, Signal } from '@confab/protocol';
import { frame } from './frame.ts';
import { type Address, type Route, sealEnvelope } from './envelope.ts';

/** Seals everything that one incarnation says. It owns the counter, so each number is used once (R17). */
export class Sealer {
  readonly #key: CryptoKey;
  readonly #meetingId: string;
  readonly #from: Address;
  #counter = 0;

  constructor(key: CryptoKey, meetingId: string, from: Address) {
    this.#key = key;
    this.#meetingId = meetingId;
    this.#from = from;
  }

  sealHello(hello: { name: string; fingerprint: string }): Promise<string> {
    return this.seal({ purpose: 'hello', to: null }, hello, false);
  }

  /** Descriptions are long and compress well; nothing else is deflated (R18). */
  sealSignal(to: Address, signal: Signal): Promise<string> {
    const deflate = signal.body?.type === 'offer' || signal.body?.type === 'answer';
    return this.seal({ purpose: 'signal', to }, signal, deflate);
  }

  /** A reaction for everybody (R58). */
  sealReaction(body: ReactionBody): Promise<string> {
    return this.seal({ purpose: 'reaction', to: null }, body, false);
  }

  /** Seals `content` as JSON for a way of this sender's. */
  async seal(
    way: Omit<Route, 'meetingId' | 'from'>,
    content: object,
    deflate: boolean,
  ): Promise<string> {
    // Taken before the first pause, so that no two calls can get the same one.
    this.#counter += 1;
    const counter = this.#counter;
    const route = { ...way, meetingId: this.#meetingId, from: this.#from };
    const framed = await frame(new TextEncoder().encode(JSON.stringify(content)), deflate);
    return sealEnvelope(this.#key, route, counter, framed);
  }
}
