import type { Signal, SignalBody } from '@confab/protocol';
import type { Clock } from './clock.ts';
import { type Arrival, OrderedSignals } from './ordered-signals.ts';
import { Pace } from './pace.ts';

const OFFERS_IN_A_ROW = 4;
const OFFER_EVERY_MS = 1_000;

type Wish = 'restart-wanted' | 'replacement-wanted';

export type LinkWordsOptions = {
  initiator: boolean;
  epoch: number;
  clock: Clock;
  send: (signal: Signal) => () => void;
  /** Gets everything in order, but for answers to offers that are none any more. */
  take: (body: SignalBody) => void;
};

/** What a link says and is told, in order, with the sense that only the whole conversation gives it. */
export class LinkWords {
  readonly #signals: OrderedSignals;
  /** The `seq` of this epoch's latest offer, and of what was last asked for. */
  #offered = 0;
  #asked: { wish: Wish; seq: number } | null = null;

  constructor({ initiator, epoch, clock, send, take }: LinkWordsOptions) {
    const offers = new Pace(clock, OFFERS_IN_A_ROW, OFFER_EVERY_MS);
    this.#signals = new OrderedSignals({
      initiator,
      epoch,
      clock,
      send,
      deliver: (body, ack) => {
        // What was said before the latest offer arrived there answers another (R34).
        if (body.type !== 'answer' || ack >= this.#offered) take(body);
      },
      mayOffer: () => offers.take(),
    });
  }

  get epoch(): number {
    return this.#signals.epoch;
  }

  say(body: SignalBody): void {
    const seq = this.#signals.say(body);
    if (body.type === 'offer') this.#offered = seq;
  }

  /** One of a kind at a time: before it has arrived, asking again says nothing new. */
  ask(wish: Wish): void {
    if (this.epoch === 0) return;
    const asked = this.#asked;
    if (asked?.wish === wish && !this.#signals.isConfirmed(asked.seq)) return;
    this.#asked = { wish, seq: this.#signals.say({ type: wish }) };
  }

  /** See {@link OrderedSignals.raiseEpoch}. */
  raiseEpoch(): void {
    this.#signals.raiseEpoch();
  }

  /** A new epoch has begun, here or there. */
  began(): void {
    this.#offered = 0;
    this.#asked = null;
  }

  receive(signal: Signal): Arrival {
    return this.#signals.receive(signal);
  }

  confirmSoon(): void {
    this.#signals.confirmSoon();
  }

  repeatNow(): void {
    this.#signals.repeatNow();
  }

  close(): void {
    this.#signals.close();
  }
}
