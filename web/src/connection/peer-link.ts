import type { LinkStanding, Signal, SignalBody } from '@confab/protocol';
import { BackOff } from './back-off.ts';
import type { CameraEncoding } from './camera-encoding.ts';
import type { Clock } from './clock.ts';
import { hasAgreedSections } from './description-check.ts';
import { LinkAttempt } from './link-attempt.ts';
import type { OpenLinkConnection, SentTracks, Tracks } from './link-connection.ts';
import type { Slot } from './meeting-events.ts';
import { type Arrival, OrderedSignals } from './ordered-signals.ts';
import { Pace } from './pace.ts';
import { isPinnedTo } from './sealing/fingerprints.ts';

export type PeerLinkListener = {
  onChange(standing: LinkStanding, tracks: Tracks): void;
  onLevel(byte: number): void;
  /** A text from the other side's `signals` channel, unchecked (R33). */
  onCarried(text: string): void;
  /** Whether that channel is open; it also says so when a connection is over. */
  onCarriedOpen(open: boolean): void;
  /** A description was dropped (R26, R32). */
  onRefused(kind: 'fingerprint' | 'altered'): void;
};

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

const EPOCHS_IN_A_ROW = 4;
const TRIES_UNTIL_LOST = 3;

/** This page's connection to one other: makes it, and makes it anew whenever it breaks, until closed. */
export class PeerLink {
  readonly #options: PeerLinkOptions;
  readonly #signals: OrderedSignals;
  readonly #backOff: BackOff;
  readonly #tracks: SentTracks;
  #camera: CameraEncoding;
  #attempt: LinkAttempt | null = null;
  #reachable = false;
  #repairDue: boolean;
  #standing: LinkStanding = 'connecting';
  #shown: Tracks = {};
  #closed = false;

  constructor(options: PeerLinkOptions) {
    this.#options = options;
    this.#tracks = { ...options.tracks };
    this.#camera = options.camera;
    this.#backOff = new BackOff(options.clock);
    this.#repairDue = options.initiator;
    const pace = new Pace(options.clock, EPOCHS_IN_A_ROW);
    this.#signals = new OrderedSignals({
      initiator: options.initiator,
      epoch: options.epoch,
      clock: options.clock,
      send: options.send,
      deliver: (body) => this.#take(body),
      mayReopen: () => pace.take(),
    });
  }

  get epoch(): number {
    return this.#signals.epoch;
  }

  receive(signal: Signal): Arrival {
    return this.#closed ? 'stale' : this.#signals.receive(signal);
  }

  /** For a repetition that was not even looked at: its confirmation was lost. */
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

  /** On the `signals` channel; false where it is not open, or too much waits to leave already. */
  sendCarried(text: string): boolean {
    return this.#attempt?.connection.sendCarried(text) ?? false;
  }

  encodeCamera(encoding: CameraEncoding): void {
    this.#camera = encoding;
    this.#attempt?.connection.encodeCamera(encoding);
  }

  async stats(): Promise<RTCStatsReport | null> {
    return (await this.#attempt?.connection.stats()) ?? null;
  }

  /** Lets the browser's connection go, as a page that is left does; if the page stays after all, another is made. */
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
    const { initiator } = this.#options;
    if (body.type === 'candidates') this.#present?.acceptCandidates(body.candidates);
    else if (body.type === 'replacement-wanted') {
      if (initiator) this.#fail();
    } else if (initiator === (body.type === 'answer') && this.#isBelievable(body.sdp)) {
      if (body.type === 'answer') this.#present?.acceptAnswer(body.sdp);
      else (this.#present ?? this.#openAttempt()).acceptOffer(body.sdp);
    }
  }

  #isBelievable(sdp: string): boolean {
    const pinned = isPinnedTo(sdp, this.#options.fingerprint);
    if (pinned && hasAgreedSections(sdp)) return true;
    this.#options.listener.onRefused(pinned ? 'altered' : 'fingerprint');
    if (this.#attempt === null) this.#change('lost');
    return false;
  }

  /** The attempt that the present epoch's signals are about, if there is one. */
  get #present(): LinkAttempt | null {
    return this.#attempt?.epoch === this.#signals.epoch ? this.#attempt : null;
  }

  #openAttempt(): LinkAttempt {
    this.#endAttempt();
    const { initiator, clock, openConnection, listener } = this.#options;
    const attempt = new LinkAttempt({
      epoch: this.#signals.epoch,
      clock,
      openConnection,
      connection: { initiator, tracks: this.#tracks, camera: this.#camera },
      isReachable: () => this.#reachable,
      listener: {
        onSignal: (body) => {
          if (this.#present === attempt) this.#signals.say(body);
        },
        onTracks: (tracks) => {
          // Of a link made anew, the last picture stays until the new connection has one.
          if (this.#standing === 'connecting') this.#change('connecting', tracks);
        },
        onConnected: (tracks) => {
          this.#backOff.succeeded();
          this.#change('ok', tracks);
        },
        onDisconnected: () => this.#change('restoring'),
        onLevel: (byte) => listener.onLevel(byte),
        onCarried: (text) => listener.onCarried(text),
        onCarriedOpen: (open) => listener.onCarriedOpen(open),
        onFailed: () => {
          if (this.#attempt === attempt) this.#fail();
        },
      },
    });
    this.#attempt = attempt;
    return attempt;
  }

  #fail(): void {
    if (this.#closed) return;
    this.#endAttempt();
    this.#backOff.schedule(() => this.#repair());
    if (this.#standing === 'ok') this.#change('restoring');
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
    const attempt = this.#attempt;
    this.#attempt = null;
    attempt?.close();
  }

  #change(standing: LinkStanding, tracks = this.#shown): void {
    if (this.#closed || (standing === this.#standing && tracks === this.#shown)) return;
    this.#standing = standing;
    this.#shown = tracks;
    this.#options.listener.onChange(standing, tracks);
  }
}
