import { surfaceError } from './surface-error.ts';
import type { Signal } from '@confab/protocol';
import type { Acquaintance } from './acquaintances.ts';
import type { RefusedSignals } from './meeting-events.ts';
import { PeerLink } from './peer-link.ts';
import type { PeerLinkOptions } from './peer-link-options.ts';
import type { Address } from './sealing/envelope.ts';
import { openSignal } from './sealing/opener.ts';
import { RefusedSeal } from './sealing/refused-seal.ts';
import type { Sealer } from './sealing/sealer.ts';
import type { Turn } from './signal-routes.ts';

export type SealedLinkOptions = {
  meetingId: string;
  self: Address;
  other: Address;
  sealer: Sealer;
  /** Opens what the other side seals. */
  key: CryptoKey;
  acquaintance: Acquaintance;
  transmit: (sealed: string, turn: Turn) => void;
  onRefused: (kind: keyof RefusedSignals) => void;
  link: Omit<PeerLinkOptions, 'send' | 'epoch'>;
};

/** A link whose signals travel sealed: only genuine ones get in, each once (R19). */
export class SealedLink {
  readonly link: PeerLink;
  /** Resolves when this side's first offer is on its way; at once where the other side offers, at the latest when closed. */
  readonly begun: Promise<void>;
  readonly #options: SealedLinkOptions;
  #begin: () => void = () => undefined;
  #messages = 0;

  constructor(options: SealedLinkOptions) {
    this.#options = options;
    this.begun = options.link.initiator
      ? new Promise((resolve) => (this.#begin = resolve))
      : Promise.resolve();
    const { epoch } = options.acquaintance;
    this.link = new PeerLink({ ...options.link, epoch, send: (signal) => this.#send(signal) });
  }

  /**
   * Resolves to whether the other side has said it, and for the first time. `onRefused` is told of what does not open where somebody
   * else has brought it.
   */
  async accept(sealed: string, onRefused = this.#options.onRefused): Promise<boolean> {
    const { key, meetingId, other, self, acquaintance } = this.#options;
    const { guard } = acquaintance;
    try {
      const { counter, signal } = await openSignal(key, meetingId, other, self, sealed);
      if (!guard.admit(counter)) {
        this.link.confirmSoon();
        throw new RefusedSeal('repeated', 'opened before');
      }
      const arrival = this.link.receive(signal);
      if (arrival === 'later') guard.forget(counter);
      else if (arrival !== 'taken') this.#options.onRefused(arrival);
      return true;
    } catch (error) {
      if (!(error instanceof RefusedSeal)) throw error;
      onRefused(error.kind);
      return false;
    }
  }

  close(): void {
    this.#options.acquaintance.epoch = this.link.epoch;
    this.link.close();
    this.#begin();
  }

  #send(signal: Signal): () => void {
    const { sealer, other, transmit } = this.#options;
    const sealed = sealer.sealSignal(other, signal);
    const message = this.#messages;
    this.#messages += 1;
    let repetition = -1;
    const send = () => {
      repetition += 1;
      const turn = { message, repetition, isNews: signal.body !== undefined };
      sealed.then((text) => transmit(text, turn), surfaceError);
    };
    send();
    if (signal.body?.type === 'offer') sealed.then(this.#begin, surfaceError);
    return send;
  }
}
