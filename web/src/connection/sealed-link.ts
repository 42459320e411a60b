import type { PeerLink } from './peer-link.ts';
import type { RefusedSignals } from './meeting-events.ts';
import type { Address } from './sealing/envelope.ts';
import { openSignal } from './sealing/opener.ts';
import { RefusedSeal } from './sealing/refused-seal.ts';
import type { ReplayGuard } from './sealing/replay-guard.ts';

export type SealedLinkOptions = {
  link: PeerLink;
  meetingId: string;
  /** Opens what the other side seals. */
  key: CryptoKey;
  from: Address;
  to: Address;
  guard: ReplayGuard;
  onRefused: (kind: keyof RefusedSignals) => void;
};

/** Lets only genuine signals through to a link, each once (R19). */
export class SealedLink {
  readonly link: PeerLink;
  readonly #options: SealedLinkOptions;

  constructor(options: SealedLinkOptions) {
    this.link = options.link;
    this.#options = options;
  }

  async accept(sealed: string): Promise<void> {
    const { key, meetingId, from, to, guard, onRefused } = this.#options;
    try {
      const { counter, signal } = await openSignal(key, meetingId, from, to, sealed);
      if (!guard.admit(counter)) {
        this.link.confirmSoon();
        throw new RefusedSeal('repeated', 'opened before');
      }
      const arrival = this.link.receive(signal);
      if (arrival === 'later') guard.forget(counter);
      else if (arrival !== 'taken') onRefused(arrival);
    } catch (error) {
      if (!(error instanceof RefusedSeal)) throw error;
      onRefused(error.kind);
    }
  }
}
