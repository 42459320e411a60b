import type { Candidate } from '@confab/protocol';
import type { Clock } from './clock.ts';
import { ConnectionWatch } from './connection-watch.ts';
import type {
  LinkConnection,
  LinkConnectionListener,
  LinkConnectionOptions,
  OpenLinkConnection,
  Tracks,
} from './link-connection.ts';

/** More than a browser gathers in one epoch, and too few to search a network with. */
const MOST_CANDIDATES = 128;

export type LinkAttemptOptions = {
  epoch: number;
  clock: Clock;
  openConnection: OpenLinkConnection;
  connection: LinkConnectionOptions;
  isReachable: () => boolean;
  listener: {
    onSignal: LinkConnectionListener['onSignal'];
    onTracks(tracks: Tracks): void;
    onConnected(tracks: Tracks): void;
    onDisconnected(): void;
    onLevel(byte: number): void;
    onCarried: LinkConnectionListener['onCarried'];
    onCarriedOpen: LinkConnectionListener['onCarriedOpen'];
    /** It broke or got nowhere; nothing comes after this. */
    onFailed(): void;
  };
};

/** The one connection of one epoch, from its first signal until it works, fails or is closed. */
export class LinkAttempt {
  readonly epoch: number;
  readonly connection: LinkConnection;
  readonly #listener: LinkAttemptOptions['listener'];
  readonly #watch: ConnectionWatch;
  #tracks: Tracks = {};
  #candidates = 0;
  #offers = 0;
  #carriedOpen = false;

  constructor({
    epoch,
    clock,
    openConnection,
    connection,
    isReachable,
    listener,
  }: LinkAttemptOptions) {
    this.epoch = epoch;
    this.#listener = listener;
    this.#watch = new ConnectionWatch(clock, {
      isReachable,
      onUnanswered: () => this.#insist(),
      onStuck: () => listener.onFailed(),
    });
    this.connection = openConnection(connection, {
      onSignal: (body) => {
        if (body.type === 'offer') this.#watch.offered();
        listener.onSignal(body);
      },
      onTracks: (tracks) => {
        this.#tracks = tracks;
        listener.onTracks(tracks);
      },
      onState: (state) => this.#become(state),
      onLevel: (byte) => listener.onLevel(byte),
      onCarried: (text) => listener.onCarried(text),
      onCarriedOpen: (open) => this.#openCarried(open),
      onEnd: () => listener.onFailed(),
    });
  }

  acceptOffer(sdp: string): void {
    this.connection.acceptDescription('offer', sdp);
  }

  acceptAnswer(sdp: string): void {
    this.#watch.answered();
    this.connection.acceptDescription('answer', sdp);
  }

  acceptCandidates(candidates: Candidate[]): void {
    this.#candidates += candidates.length;
    if (this.#candidates <= MOST_CANDIDATES) this.connection.acceptCandidates(candidates);
  }

  close(): void {
    this.#watch.stop();
    this.connection.close();
    this.#openCarried(false);
  }

  #openCarried(open: boolean): void {
    if (open === this.#carriedOpen) return;
    this.#carriedOpen = open;
    this.#listener.onCarriedOpen(open);
  }

  /** No answer: the first time the offer is made again, the second time it is given up (R34). */
  #insist(): void {
    this.#offers += 1;
    if (this.#offers > 1) this.#listener.onFailed();
    else this.connection.offerAgain();
  }

  #become(state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      this.#watch.connected();
      this.#listener.onConnected(this.#tracks);
    } else if (state === 'disconnected') {
      this.#watch.disconnected();
      this.#listener.onDisconnected();
    } else if (state === 'failed' || state === 'closed') this.#listener.onFailed();
  }
}
