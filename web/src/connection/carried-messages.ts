import { Carried } from '@confab/protocol';
import type { Clock } from './clock.ts';
import { Pace } from './pace.ts';

/** For each link, about what the server allows to each connection (R37). */
const ARRIVALS_AT_ONCE = 600;
const ARRIVAL_MS = 1_000 / 50;
/** For each link, what is passed on for its other end (R39). */
const PASSED_AT_ONCE = 200;
const PASSED_MS = 1_000 / 20;

export type CarriedMessagesOptions = {
  self: string;
  clock: Clock;
  /** A signal for this page; `via` is the link it came over, and no more trustworthy than any other way. */
  accept: (via: string, from: string, sealed: string) => void;
  /** Hands a message for somebody else on, where the link to them works. */
  passOn: (to: string, text: string) => void;
  onLinks: (via: string, links: Extract<Carried, { type: 'links' }>['links']) => void;
};

type Paces = { arrival: Pace; passing: Pace };

/** What comes over the `signals` channels of the mesh, checked, within budgets, and sorted (R33, R39, R40). */
export class CarriedMessages {
  readonly #options: CarriedMessagesOptions;
  readonly #paces = new Map<string, Paces>();

  constructor(options: CarriedMessagesOptions) {
    this.#options = options;
  }

  receive(via: string, text: string): void {
    const { self, accept, passOn, onLinks } = this.#options;
    const { arrival, passing } = this.#pacesOf(via);
    const message = arrival.take() ? parse(text) : null;
    if (message === null) return;
    if (message.type === 'links') onLinks(via, message.links);
    else if (message.to === self) accept(via, message.from, message.sealed);
    else if (message.from === via && message.to !== via && passing.take()) passOn(message.to, text);
  }

  forget(via: string): void {
    this.#paces.delete(via);
  }

  #pacesOf(via: string): Paces {
    const { clock } = this.#options;
    const paces = this.#paces.get(via) ?? {
      arrival: new Pace(clock, ARRIVALS_AT_ONCE, ARRIVAL_MS),
      passing: new Pace(clock, PASSED_AT_ONCE, PASSED_MS),
    };
    this.#paces.set(via, paces);
    return paces;
  }
}

function parse(text: string): Carried | null {
  try {
    const message = Carried.safeParse(JSON.parse(text));
    return message.success ? message.data : null;
  } catch {
    return null;
  }
}
