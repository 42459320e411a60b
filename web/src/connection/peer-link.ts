import type { Signal, SignalBody } from '@confab/protocol';
import type { Suspicion } from './arrival-watch.ts';
import type { CameraEncoding } from './camera-encoding.ts';
import { faultIn } from './description-check.ts';
import { LinkAttempt } from './link-attempt.ts';
import type { ChannelName, SentTracks } from './link-connection.ts';
import { LinkRepair } from './link-repair.ts';
import { StandingOfLink } from './link-standing.ts';
import { LinkWords } from './link-words.ts';
import type { Slot } from './meeting-events.ts';
import type { Arrival } from './ordered-signals.ts';
import { Pace } from './pace.ts';
import type { PeerLinkOptions } from './peer-link-options.ts';

const RESTARTS_IN_A_ROW = 6;
const RESTART_EVERY_MS = 5_000;
/** For a first connection, when everybody's machine is busy, and for one made anew. */
const CONNECT_MS = 20_000;
const CONNECT_AGAIN_MS = 15_000;

/** This page's connection to one other: makes it, restores it, and makes it anew where that does not help, until closed. */
export class PeerLink {
  readonly #options: PeerLinkOptions;
  readonly #words: LinkWords;
  readonly #repair: LinkRepair;
  readonly #restarts: Pace;
  readonly #standing: StandingOfLink;
  readonly #tracks: SentTracks;
  #camera: CameraEncoding;
  #attempt: LinkAttempt | null = null;
  #reachable = false;
  /** The last epoch whose connection this side has let go. */
  #over: number;
  #closed = false;

  constructor(options: PeerLinkOptions) {
    const { clock, initiator, epoch, send, listener } = options;
    this.#options = options;
    this.#over = epoch;
    this.#tracks = { ...options.tracks };
    this.#camera = options.camera;
    this.#restarts = new Pace(clock, RESTARTS_IN_A_ROW, RESTART_EVERY_MS);
    this.#standing = new StandingOfLink((...news) => {
      if (!this.#closed) listener.onChange(...news);
    });
    this.#repair = new LinkRepair({
      initiator,
      clock,
      isReachable: () => this.#reachable,
      prepare: () => this.#iceServers(),
      open: () => this.#openEpoch(),
      ask: () => this.#words.ask('replacement-wanted'),
    });
    const take = (body: SignalBody) => this.#take(body);
    this.#words = new LinkWords({ initiator, epoch, clock, send, take });
  }

  get epoch(): number {
    return this.#words.epoch;
  }

  receive(signal: Signal): Arrival {
    return this.#closed ? 'stale' : this.#words.receive(signal);
  }

  /** For a repetition that was not even looked at: its confirmation was lost. */
  confirmSoon(): void {
    if (!this.#closed) this.#words.confirmSoon();
  }

  /** Whether signals get through: there is a way to the other side, and it is there. */
  setReachable(reachable: boolean): void {
    const opened = reachable && !this.#reachable;
    this.#reachable = reachable;
    if (!opened || this.#closed) return;
    this.#words.repeatNow();
    this.#attempt?.reachable();
    this.#repair.reachable();
  }

  /** Something happened that often breaks links: another network, a machine that slept, a socket that came back. */
  suspect(suspicion: Suspicion): void {
    if (this.#closed) return;
    this.#words.repeatNow();
    this.#attempt?.suspect(suspicion);
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

  /** Of the connection there is now; see {@link LinkConnection.dataChannel}. */
  dataChannel(name: ChannelName): RTCDataChannel | null | undefined {
    return this.#attempt?.connection.dataChannel(name);
  }

  encodeCamera(encoding: CameraEncoding): void {
    this.#camera = encoding;
    this.#attempt?.connection.encodeCamera(encoding);
  }

  /** For whatever the present connection gathers from now on. */
  useIceServers(servers: RTCIceServer[]): void {
    this.#attempt?.connection.useIceServers(servers);
  }

  async stats(): Promise<RTCStatsReport | null> {
    return (await this.#attempt?.connection.stats()) ?? null;
  }

  /** Lets the browser's connection go, as a page that is left does; if the page stays after all, another is made. */
  interrupt(): void {
    if (this.#attempt) this.#lose(this.#attempt);
  }

  close(): void {
    this.#closed = true;
    this.#endAttempt();
    this.#repair.stop();
    this.#words.close();
  }

  #take(body: SignalBody): void {
    const { initiator } = this.#options;
    if (body.type === 'candidates') this.#present?.acceptCandidates(body.candidates);
    else if (body.type === 'restart-wanted') {
      if (initiator) this.#present?.restartWanted();
    } else if (body.type === 'replacement-wanted') {
      if (initiator) this.#fail(1);
    } else if (initiator === (body.type === 'answer') && this.#isBelievable(body.sdp)) {
      if (body.type === 'answer') this.#present?.acceptAnswer(body.sdp);
      else this.#acceptOffer(body.sdp);
    }
  }

  /** A restart of a connection that is gone here connects nothing: the other side’s keeps to the keys of the former one. */
  #acceptOffer(sdp: string): void {
    const attempt = this.#present ?? (this.epoch > this.#over ? this.#openAttempt() : null);
    if (attempt) attempt.acceptOffer(sdp);
    else this.#words.ask('replacement-wanted');
  }

  #isBelievable(sdp: string): boolean {
    const fault = faultIn(sdp, this.#options.fingerprint);
    if (fault === null) return true;
    this.#options.listener.onRefused(fault);
    if (this.#attempt === null) this.#standing.refused();
    return false;
  }

  /** The attempt that the present epoch's signals are about, if there is one. */
  get #present(): LinkAttempt | null {
    return this.#attempt?.epoch === this.#words.epoch ? this.#attempt : null;
  }

  #openEpoch(): void {
    this.#words.raiseEpoch();
    this.#openAttempt();
  }

  #openAttempt(): LinkAttempt {
    const { initiator, clock, openConnection, listener } = this.#options;
    this.#endAttempt();
    this.#repair.opened();
    this.#standing.weak(false);
    this.#words.began();
    const attempt: LinkAttempt = new LinkAttempt({
      epoch: this.#words.epoch,
      clock,
      connectMs: this.#repair.failures === 0 ? CONNECT_MS : CONNECT_AGAIN_MS,
      pace: this.#restarts,
      openConnection,
      connection: {
        initiator,
        tracks: this.#tracks,
        camera: this.#camera,
        relayOnly: this.#repair.relayOnly,
      },
      isReachable: () => this.#reachable,
      iceServers: () => this.#iceServers(),
      listener: {
        onSignal: (body) => {
          if (this.#present === attempt) this.#words.say(body);
        },
        onTracks: (tracks) => this.#standing.tracksKnown(tracks),
        onConnected: (tracks) => {
          this.#repair.succeeded();
          this.#standing.connected(tracks);
        },
        onTrouble: () => this.#standing.troubled(),
        onWeak: (weak) => this.#standing.weak(weak),
        onLevel: (byte) => listener.onLevel(byte),
        onCarried: (text) => listener.onCarried(text),
        onCarriedOpen: (open) => listener.onCarriedOpen(open),
        onBoard: (channel) => listener.onBoard(channel),
        onRestartWanted: () => this.#words.ask('restart-wanted'),
        onFailed: (tries) => this.#fail(tries),
        onEnd: () => this.#lose(attempt),
      },
    });
    this.#attempt = attempt;
    return attempt;
  }

  async #iceServers(): Promise<RTCIceServer[]> {
    return this.#options.iceServers();
  }

  #lose(attempt: LinkAttempt): void {
    if (this.#attempt !== attempt) return;
    this.#endAttempt();
    this.#fail(1);
  }

  /** What there is stays until another takes its place: it may heal yet. */
  #fail(tries: number): void {
    if (this.#closed) return;
    this.#standing.failed(tries);
    this.#repair.fail(this.#attempt?.age ?? 0);
  }

  #endAttempt(): void {
    const attempt = this.#attempt;
    if (attempt === null) return;
    this.#attempt = null;
    this.#over = attempt.epoch;
    attempt.close();
  }
}
