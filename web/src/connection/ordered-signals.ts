import type { Signal, SignalBody } from '@confab/protocol';
import type { Clock } from './clock.ts';
import { EarlyArrivals } from './early-arrivals.ts';
import { UnconfirmedSignals } from './unconfirmed-signals.ts';

const CONFIRM_MS = 100;
const OFFER_LATER_MS = 1_000;

/**
 * What became of an arrived signal. `later`: it could not be taken now, its repetition may be. `repeated` and `stale` are
 * for good.
 */
export type Arrival = 'taken' | 'repeated' | 'stale' | 'later';

export type OrderedSignalsOptions = {
  initiator: boolean;
  /** The last epoch of this pair of incarnations that is over; 0 for none. */
  epoch: number;
  clock: Clock;
  /** Sends `signal`, and returns what sends the same bytes again (R17). */
  send: (signal: Signal) => () => void;
  /** Gets every body once, in order, with its `ack`. An offer of a new epoch comes with that epoch already open. */
  deliver: (body: SignalBody, ack: number) => void;
  /** Whether another offer may be taken now: what keeps the other side from making this page renegotiate without end. */
  mayOffer: () => boolean;
};

/** Both ends of one link's conversation: order, confirmation, repetition and epochs (R24, R25, R31). */
export class OrderedSignals {
  readonly #options: OrderedSignalsOptions;
  readonly #unconfirmed: UnconfirmedSignals;
  readonly #early = new EarlyArrivals();
  #epoch: number;
  #sent = 0;
  #received = 0;
  #cancelConfirmation: (() => void) | null = null;
  #cancelOffer: (() => void) | null = null;

  constructor(options: OrderedSignalsOptions) {
    this.#options = options;
    this.#epoch = options.epoch;
    this.#unconfirmed = new UnconfirmedSignals(options.clock);
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** For the initiator: whatever was said belongs to the past, the next signal opens a new epoch. */
  raiseEpoch(): void {
    this.#open(this.#epoch + 1);
  }

  /** Its `seq`. */
  say(body: SignalBody): number {
    this.#sent += 1;
    const seq = this.#sent;
    this.#unconfirmed.add(seq, this.#send({ seq, body }));
    return seq;
  }

  /** Whether what was said in this epoch under `seq` has arrived. */
  isConfirmed(seq: number): boolean {
    return !this.#unconfirmed.has(seq);
  }

  receive(signal: Signal): Arrival {
    if (signal.epoch < this.#epoch) return 'stale';
    if (signal.epoch > this.#epoch) return this.#receiveNewer(signal);
    this.#unconfirmed.confirm(signal.ack);
    if (signal.seq === 0) return 'taken';
    this.confirmSoon();
    if (signal.seq <= this.#received) return 'repeated';
    if (!this.#early.hold(signal, signal.seq === this.#received + 1)) return 'later';
    this.#deliverDue();
    return 'taken';
  }

  /** Confirms what has arrived, unless something else goes out first. Also for repetitions, whose confirmation was lost. */
  confirmSoon(): void {
    this.#cancelConfirmation ??= this.#options.clock.after(CONFIRM_MS, () => {
      this.#send({ seq: 0 });
    });
  }

  /** For when the way to the other side is open again. */
  repeatNow(): void {
    this.#unconfirmed.repeatNow();
  }

  close(): void {
    this.#unconfirmed.clear();
    this.#cancelOffer?.();
    this.#cancelOffer = null;
    this.#forgetConfirmation();
  }

  #receiveNewer(signal: Signal): Arrival {
    if (this.#options.initiator) return 'stale';
    if (signal.seq === 0) return 'taken';
    const opens = signal.body?.type === 'offer';
    if (opens && !this.#options.mayOffer()) return 'later';
    if (!this.#early.hold(signal, opens)) return 'later';
    if (opens) {
      this.#open(signal.epoch);
      this.confirmSoon();
      this.#deliverDue(true);
    }
    return 'taken';
  }

  #open(epoch: number): void {
    this.close();
    this.#epoch = epoch;
    this.#sent = 0;
    this.#received = 0;
    this.#early.dropBefore(epoch);
  }

  /** `mayOffer`: whether that was asked already. */
  #deliverDue(mayOffer = false): void {
    const epoch = this.#epoch;
    if (this.#cancelOffer) return;
    for (;;) {
      const next = this.#early.take(epoch, this.#received + 1);
      if (next?.body === undefined) return;
      if (next.body.type === 'offer' && !mayOffer && !this.#options.mayOffer()) {
        this.#deferOffer(next);
        return;
      }
      mayOffer = false;
      this.#received += 1;
      this.#options.deliver(next.body, next.ack);
      // What was delivered may have opened another epoch.
      if (this.#epoch !== epoch) return;
    }
  }

  #deferOffer(offer: Signal): void {
    this.#early.hold(offer, true);
    this.#cancelOffer = this.#options.clock.after(OFFER_LATER_MS, () => {
      this.#cancelOffer = null;
      this.confirmSoon();
      this.#deliverDue();
    });
  }

  #send(content: Pick<Signal, 'seq' | 'body'>): () => void {
    this.#forgetConfirmation();
    return this.#options.send({ epoch: this.#epoch, ack: this.#received, ...content });
  }

  #forgetConfirmation(): void {
    this.#cancelConfirmation?.();
    this.#cancelConfirmation = null;
  }
}
