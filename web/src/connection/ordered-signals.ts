import type { Signal, SignalBody } from '@confab/protocol';
import type { Clock } from './clock.ts';
import { EarlyArrivals } from './early-arrivals.ts';
import { UnconfirmedSignals } from './unconfirmed-signals.ts';

const CONFIRM_MS = 100;

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
  /** Gets every body once, in order. An offer of a new epoch comes with that epoch already open. */
  deliver: (body: SignalBody, epoch: number) => void;
  /** Whether the other side may open another epoch now: what keeps it from making this page renegotiate without end. */
  mayReopen: () => boolean;
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

  say(body: SignalBody): void {
    this.#sent += 1;
    const seq = this.#sent;
    this.#unconfirmed.add(seq, this.#send({ seq, body }));
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
    this.#forgetConfirmation();
  }

  #receiveNewer(signal: Signal): Arrival {
    if (this.#options.initiator) return 'stale';
    if (signal.seq === 0) return 'taken';
    const opens = signal.body?.type === 'offer';
    if (opens && !this.#options.mayReopen()) return 'later';
    if (!this.#early.hold(signal, opens)) return 'later';
    if (opens) {
      this.#open(signal.epoch);
      this.confirmSoon();
      this.#deliverDue();
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

  #deliverDue(): void {
    const epoch = this.#epoch;
    for (;;) {
      const next = this.#early.take(epoch, this.#received + 1);
      if (next?.body === undefined) return;
      this.#received += 1;
      this.#options.deliver(next.body, epoch);
      // What was delivered may have opened another epoch.
      if (this.#epoch !== epoch) return;
    }
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
