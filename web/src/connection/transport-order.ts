export type Transport = 'websocket' | 'polling';

/** What the library reads when it makes its next try. */
export type NextTry = { transports: Transport[]; tryAllTransports: boolean };

/** After so many tries without an answer, one without WebSocket: the network may have become one that swallows it. */
const SILENT_TRIES = 4;

/** Decides which way the next try to reach the server takes, out of those that are allowed. */
export class TransportOrder {
  readonly #allowed: Transport[];
  #worked = false;
  #silent = 0;

  constructor(allowed: Transport[]) {
    this.#allowed = allowed;
  }

  /** The first try, and the first after a loss. A network without WebSocket is found out within it, not after a pause. */
  get first(): NextTry {
    return { transports: this.#allowed, tryAllTransports: true };
  }

  /**
   * Browsers hold WebSockets back for seconds after some quick failures, so whoever was turned down asks by polling, which
   * finds a server at once and moves on to WebSocket by itself. Where nothing answers it is the other way round: WebSockets
   * begin afresh each time, while polling waits on in the connection that was begun before.
   */
  afterFailure(how: 'refused' | 'silent'): NextTry {
    if (how === 'silent') this.#silent += 1;
    const every = this.#worked ? SILENT_TRIES : 2;
    const polls = how === 'refused' || this.#silent % every === every - 1;
    const first: Transport = polls ? 'polling' : 'websocket';
    if (!this.#allowed.includes(first)) return this.first;
    const others = this.#allowed.filter((one) => one !== first);
    return { transports: [first, ...others], tryAllTransports: !polls };
  }

  connected(): void {
    this.#worked = true;
    this.#silent = 0;
  }
}
