import type { Admission } from './meetings-api.ts';
import { type Surroundings, pageSurroundings } from './surroundings.ts';

type Client = ReturnType<Surroundings['connectTo']>;

/**
 * A connection to the server that stands ready while somebody who was admitted still looks at themselves. Nobody sees it: only a
 * join takes a seat. If it ends early (the server closes what takes no seat for a minute), another is made when it is wanted.
 */
export class Doorstep {
  readonly #client: Client;
  readonly #stopWatching: (() => void)[];
  #isLost = false;
  #token: () => string;

  constructor({ token }: Pick<Admission, 'token'>, surroundings: Surroundings = pageSurroundings) {
    this.#token = () => token;
    this.#client = surroundings.connectTo({ token: () => this.#token() });
    const { events } = this.#client;
    const giveUp = () => this.#client.close();
    this.#stopWatching = [
      events.on('lost', () => {
        this.#isLost = true;
        giveUp();
      }),
      events.on('trying', giveUp),
    ];
    this.#client.connect();
  }

  /** Whether the connection stood and ended since; the server may be gone. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Gives the connection away, for good. From now on it comes back by itself, each time with the token of that moment. */
  handOver(token: () => string): Client {
    this.#stop();
    this.#token = token;
    return this.#client;
  }

  /** Only for whoever has not handed it over. */
  close(): void {
    this.#stop();
    this.#client.close();
  }

  #stop(): void {
    for (const stop of this.#stopWatching) stop();
  }
}
