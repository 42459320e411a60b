import type { Candidate, Signal, SignalBody } from '@confab/protocol';
import { BackOff } from './back-off.ts';
import type { CameraEncoding } from './camera-encoding.ts';
import type { Clock } from './clock.ts';
import { ConnectionWatch } from './connection-watch.ts';
import { hasAgreedSections } from './description-check.ts';
import type { LinkConnection, OpenLinkConnection, SentTracks, Tracks } from './link-connection.ts';
import type { LinkState, Slot } from './meeting-events.ts';
import { type Arrival, OrderedSignals } from './ordered-signals.ts';
import { Pace } from './pace.ts';
import { isPinnedTo } from './sealing/fingerprints.ts';

export type PeerLinkOptions = {
  /** Whether this page's participant arrived later, and so makes the offers (R30). */
  initiator: boolean;
  /** The last epoch between these two incarnations; 0 for none. */
  epoch: number;
  /** From the other side's sealed hello. */
  fingerprint: string;
  tracks: SentTracks;
  camera: CameraEncoding;
  clock: Clock;
  openConnection: OpenLinkConnection;
  send: (signal: Signal) => () => void;
  listener: PeerLinkListener;
};

export type PeerLinkListener = {
  onChange(state: LinkState, tracks: Tracks): void;
  onLevel(byte: number): void;
  /** A description was dropped (R26, R32). */
  onRefused(kind: 'fingerprint' | 'altered'): void;
};

/** One connection of one epoch, with what belongs to it alone. */
type Attempt = { epoch: number; connection: LinkConnection; watch: ConnectionWatch };

const MOST_CANDIDATES = 128;
const EPOCHS_IN_A_ROW = 4;
const TRIES_UNTIL_LOST = 3;

/** This page's connection to one other: makes it, and makes it anew whenever it breaks, until closed. */
export class PeerLink {
  readonly #options: PeerLinkOptions;
  readonly #signals: OrderedSignals;
  readonly #backOff: BackOff;
  readonly #tracks: SentTracks;
  #camera: CameraEncoding;
  #attempt: Attempt | null = null;
  #reachable = false;
  #repairDue: boolean;
  #state: LinkState = 'connecting';
  #shown: Tracks = {};
  #offeredAgain = false;
  #candidates = 0;
  #closed = false;

  constructor(options: PeerLinkOptions) {
    this.#options = options;
    this.#tracks = { ...options.tracks };
    this.#camera = options.camera;
    this.#backOff = new BackOff(options.clock);
    const pace = new Pace(options.clock, EPOCHS_IN_A_ROW);
    this.#signals = new OrderedSignals({
      initiator: options.initiator,
      epoch: options.epoch,
      clock: options.clock,
      send: options.send,
      deliver: (body) => this.#take(body),
      mayReopen: () => pace.take(),
    });
    this.#repairDue = options.initiator;
  }

  get epoch(): number {
    return this.#signals.epoch;
  }

  receive(signal: Signal): Arrival {
    return this.#closed ? 'stale' : this.#signals.receive(signal);
  }

  /** For a repetition that was not even opened: its confirmation was lost. */
  confirmSoon(): void {
    if (!this.#closed) this.#signals.confirmSoon();
  }

  /** Whether signals get through: the server is there, and so is the other side. */
  setReachable(reachable: boolean): void {
    const opened = reachable && !this.#reachable;
    this.#reachable = reachable;
    if (!opened || this.#closed) return;
    this.#signals.repeatNow();
    if (this.#repairDue) this.#repair();
  }

  async sendTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks[slot] = track;
    await this.#attempt?.connection.sendTrack(slot, track);
  }

  sendLevel(byte: number): void {
    this.#attempt?.connection.sendLevel(byte);
  }

  encodeCamera(encoding: CameraEncoding): void {
    this.#camera = encoding;
    this.#attempt?.connection.encodeCamera(encoding);
  }

  async stats(): Promise<RTCStatsReport | null> {
    return (await this.#attempt?.connection.stats()) ?? null;
  }

  /** Lets the browser's connection go, as a page that is left does; the link makes another if the page stays. */
  interrupt(): void {
    if (this.#attempt) this.#fail();
  }

  close(): void {
    this.#closed = true;
    this.#endAttempt();
    this.#backOff.stop();
    this.#signals.close();
  }

  #take(body: SignalBody): void {
    if (body.type === 'offer') this.#takeOffer(body.sdp);
    else if (body.type === 'answer') this.#takeAnswer(body.sdp);
    else if (body.type === 'candidates') this.#takeCandidates(body.candidates);
    else if (this.#options.initiator) this.#fail();
  }

  #takeOffer(sdp: string): void {
    if (this.#options.initiator || !this.#isBelievable(sdp)) return;
    if (this.#present === null) {
      this.#endAttempt();
      this.#openAttempt();
    }
    this.#present?.connection.acceptDescription('offer', sdp);
  }

  #takeAnswer(sdp: string): void {
    if (!this.#options.initiator || !this.#isBelievable(sdp)) return;
    this.#present?.watch.answered();
    this.#present?.connection.acceptDescription('answer', sdp);
  }

  #takeCandidates(candidates: Candidate[]): void {
    this.#candidates += candidates.length;
    if (this.#candidates <= MOST_CANDIDATES) this.#present?.connection.acceptCandidates(candidates);
  }

  #isBelievable(sdp: string): boolean {
    if (!isPinnedTo(sdp, this.#options.fingerprint))
      this.#options.listener.onRefused('fingerprint');
    else if (!hasAgreedSections(sdp)) this.#options.listener.onRefused('altered');
    else return true;
    if (this.#attempt === null) this.#change('lost');
    return false;
  }

  /** The attempt that the present epoch's signals are about, if there is one. */
  get #present(): Attempt | null {
    return this.#attempt?.epoch === this.#signals.epoch ? this.#attempt : null;
  }

  #openAttempt(): void {
    this.#candidates = 0;
    this.#offeredAgain = false;
    const { initiator, clock, openConnection, listener } = this.#options;
    const epoch = this.#signals.epoch;
    const watch = new ConnectionWatch(clock, {
      isReachable: () => this.#reachable,
      onUnanswered: () => this.#insist(),
      onStuck: () => this.#fail(),
    });
    let tracks: Tracks = {};
    const connection = openConnection(
      { initiator, tracks: this.#tracks, camera: this.#camera },
      {
        onSignal: (body) => {
          if (this.#present?.watch !== watch) return;
          if (body.type === 'offer') watch.offered();
          this.#signals.say(body);
        },
        onTracks: (known) => {
          tracks = known;
          // Of a link made anew, the last picture stays until the new connection has one.
          if (this.#state === 'connecting') this.#change('connecting', tracks);
        },
        onState: (state) => {
          if (state === 'connected') {
            watch.connected();
            this.#backOff.succeeded();
            this.#change('connected', tracks);
          } else if (state === 'disconnected') {
            watch.disconnected();
            this.#change('restoring');
          } else if (state === 'failed' || state === 'closed') this.#fail();
        },
        onLevel: (byte) => listener.onLevel(byte),
        onEnd: () => this.#fail(),
      },
    );
    this.#attempt = { epoch, connection, watch };
  }

  /** No answer: the first time the same offer is made again, the second time everything (R34). */
  #insist(): void {
    if (this.#offeredAgain) this.#fail();
    else {
      this.#offeredAgain = true;
      this.#attempt?.connection.offerAgain();
    }
  }

  #fail(): void {
    if (this.#closed) return;
    this.#endAttempt();
    this.#backOff.schedule(() => this.#repair());
    if (this.#state === 'connected') this.#change('restoring');
    if (this.#backOff.tries >= TRIES_UNTIL_LOST) this.#change('lost');
  }

  #repair(): void {
    this.#repairDue = !this.#reachable;
    if (this.#repairDue || this.#attempt) return;
    if (this.#options.initiator) {
      this.#signals.raiseEpoch();
      this.#openAttempt();
    } else if (this.#signals.epoch > 0) this.#signals.say({ type: 'replacement-wanted' });
  }

  #endAttempt(): void {
    this.#attempt?.watch.stop();
    this.#attempt?.connection.close();
    this.#attempt = null;
  }

  #change(state: LinkState, tracks = this.#shown): void {
    if (this.#closed || (state === this.#state && tracks === this.#shown)) return;
    this.#state = state;
    this.#shown = tracks;
    this.#options.listener.onChange(state, tracks);
  }
}
