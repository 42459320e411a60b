import type { Signal } from '@confab/protocol';
import type { Arrival } from '../ordered-signals.ts';
import type { ManualClock } from './manual-clock.ts';

/** How badly signals travel. */
export type WireTrouble = { loss: number; twice: number; delayMs: number };

/** Carries signals one way, losing, doubling, delaying and so re-ordering them; opens each once, as a sealed link does. */
export class BadWire {
  trouble: WireTrouble;
  open = true;
  readonly #clock: ManualClock;
  readonly #random: () => number;
  readonly #receive: (signal: Signal) => Arrival;
  readonly #confirm: () => void;
  readonly #opened = new Set<number>();
  #sent = 0;

  constructor(
    clock: ManualClock,
    random: () => number,
    trouble: WireTrouble,
    to: { receive: (signal: Signal) => Arrival; confirmSoon: () => void },
  ) {
    this.#clock = clock;
    this.#random = random;
    this.trouble = trouble;
    this.#receive = (signal) => to.receive(signal);
    this.#confirm = () => to.confirmSoon();
  }

  /** Sends `signal`, and returns what sends the same bytes again. */
  send(signal: Signal): () => void {
    this.#sent += 1;
    const counter = this.#sent;
    const bytes = JSON.stringify(signal);
    const send = () => this.#carry(counter, bytes);
    send();
    return send;
  }

  #carry(counter: number, bytes: string): void {
    const { loss, twice, delayMs } = this.trouble;
    for (let copies = this.#random() < twice ? 2 : 1; copies > 0; copies--) {
      if (!this.open || this.#random() < loss) continue;
      this.#clock.after(5 + this.#random() * delayMs, () => {
        if (this.#opened.has(counter)) this.#confirm();
        else if (this.#receive(JSON.parse(bytes) as Signal) !== 'later') this.#opened.add(counter);
      });
    }
  }
}
