import type { Candidate } from '@confab/protocol';
import type { Suspicion } from './arrival-watch.ts';
import { ConnectionWatch } from './connection-watch.ts';
import type { LinkAttemptOptions } from './link-attempt-options.ts';
import type { LinkConnection, Tracks } from './link-connection.ts';
import { LinkHealth } from './link-health.ts';
import { OwnAddresses } from './own-addresses.ts';
import { RestartLadder, type Trouble } from './restart-ladder.ts';

/** More than a browser gathers at once, and too few to search a network with (R23). */
const MOST_CANDIDATES = 128;
/** An offer that has no answer is made again once (R34). */
const MOST_UNANSWERED = 2;
/** What was begun within this time knows the network as it is now. */
const FRESH_MS = 1_000;

/** The one connection of one epoch, from its first signal until it ends or is replaced. */
export class LinkAttempt {
  readonly epoch: number;
  readonly connection: LinkConnection;
  readonly #options: LinkAttemptOptions;
  readonly #openedAt: number;
  readonly #watch: ConnectionWatch;
  readonly #health: LinkHealth;
  readonly #ladder: RestartLadder;
  readonly #addresses = new OwnAddresses();
  #tracks: Tracks = {};
  #state: RTCPeerConnectionState = 'new';
  #everConnected = false;
  #candidates = 0;
  #unanswered = 0;
  #carriedOpen = false;
  #isInTrouble = false;
  #closed = false;

  constructor(options: LinkAttemptOptions) {
    const { clock, isReachable, listener, pace, connectMs } = options;
    this.epoch = options.epoch;
    this.#options = options;
    this.#openedAt = clock.now();
    this.#watch = new ConnectionWatch(clock, connectMs, {
      isReachable,
      onUnanswered: () => this.#insist(),
      onStuck: () => listener.onFailed(1),
    });
    this.#health = new LinkHealth(clock, () => this.connection, {
      onStalled: (stalled) => (stalled ? this.#suffer('stalled') : this.#settle()),
      onWeak: (weak) => listener.onWeak(weak),
    });
    this.#ladder = new RestartLadder({
      initiator: options.connection.initiator,
      clock,
      pace,
      random: Math.random,
      isReachable,
      isUnanswered: () => this.#watch.isUnanswered,
      restart: (isWanted) => this.#restart(isWanted),
      giveUp: (tries) => listener.onFailed(tries),
    });
    this.connection = options.openConnection(options.connection, {
      ...listener,
      onSignal: (body) => {
        if (body.type === 'offer') this.#watch.offered();
        listener.onSignal(body);
        if (body.type === 'candidates' && this.#addresses.learn(body.candidates))
          this.#ladder.moved();
      },
      onTracks: (tracks) => {
        this.#tracks = tracks;
        listener.onTracks(tracks);
      },
      onState: (state) => this.#become(state),
      onCarriedOpen: (open) => this.#openCarried(open),
    });
  }

  get age(): number {
    return this.#options.clock.now() - this.#openedAt;
  }

  acceptOffer(sdp: string): void {
    this.#candidates = 0;
    this.#ladder.answered();
    this.connection.acceptDescription('offer', sdp);
  }

  acceptAnswer(sdp: string): void {
    this.#candidates = 0;
    this.#unanswered = 0;
    this.#watch.answered();
    this.#ladder.answered();
    this.connection.acceptDescription('answer', sdp);
  }

  acceptCandidates(candidates: Candidate[]): void {
    this.#candidates += candidates.length;
    if (this.#candidates <= MOST_CANDIDATES) this.connection.acceptCandidates(candidates);
  }

  /** The other side asks for a restart. */
  restartWanted(): void {
    if (this.#everConnected) this.#ladder.wanted();
    else this.#startOver();
  }

  /** The other side can be told something again. */
  reachable(): void {
    this.#ladder.again();
  }

  /** Something happened that often breaks links, and makes old addresses useless. */
  suspect(suspicion: Suspicion): void {
    this.#health.suspect(suspicion);
    if (this.#everConnected) this.#ladder.again();
    else this.#startOver();
  }

  close(): void {
    this.#closed = true;
    this.#watch.stop();
    this.#health.stop();
    this.#ladder.stop();
    this.connection.close();
    this.#openCarried(false);
  }

  #become(state: RTCPeerConnectionState): void {
    this.#state = state;
    if (state === 'connected') {
      this.#everConnected = true;
      this.#watch.connected();
      this.#health.start();
      this.#settle();
    } else if (state === 'closed') this.#options.listener.onEnd();
    else if (state === 'failed' && !this.#everConnected) this.#options.listener.onFailed(1);
    else if (state === 'failed' || state === 'disconnected') this.#suffer(state);
  }

  #suffer(trouble: Trouble): void {
    this.#isInTrouble = true;
    this.#options.listener.onTrouble();
    this.#ladder.trouble(trouble);
  }

  #settle(): void {
    if (this.#state !== 'connected' || this.#health.isStalled) return;
    this.#ladder.healed();
    if (this.#isInTrouble) this.connection.refreshPictures();
    this.#isInTrouble = false;
    this.#options.listener.onConnected(this.#tracks);
  }

  #restart(isWanted: () => boolean): void {
    const { connection, iceServers, listener } = this.#options;
    if (!connection.initiator) listener.onRestartWanted();
    else {
      const offer = (servers: RTCIceServer[] | null) => {
        if (!this.#closed && isWanted()) this.connection.restart(servers);
      };
      iceServers().then(offer, () => offer(null));
    }
  }

  /** Before it ever connected: what was gathered may be worthless now. */
  #startOver(): void {
    if (this.age < FRESH_MS || !this.#options.pace.take()) return;
    this.#restart(() => !this.#everConnected);
  }

  #insist(): void {
    if (this.#state === 'connected' && !this.#health.isStalled) return;
    this.#unanswered += 1;
    if (this.#unanswered >= MOST_UNANSWERED) this.#options.listener.onFailed(this.#unanswered);
    else this.connection.restart(null);
  }

  #openCarried(open: boolean): void {
    if (open === this.#carriedOpen) return;
    this.#carriedOpen = open;
    this.#options.listener.onCarriedOpen(open);
  }
}
