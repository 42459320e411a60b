import type { Candidate } from '@confab/protocol';
import { CandidateBatch } from './candidate-batch.ts';
import { type CameraEncoding, firstCameraEncoding } from './camera-encoding.ts';
import type { Clock } from './clock.ts';
import { KINDS } from './description-check.ts';
import { openLevelsChannel } from './levels-channel.ts';
import type {
  LinkConnection,
  LinkConnectionListener,
  LinkConnectionOptions,
  SentTracks,
  Tracks,
} from './link-connection.ts';
import { SLOTS, type Slot } from './meeting-events.ts';
import { MeshPeer } from './mesh-peer.ts';
import { withOpusDtx } from './opus-dtx.ts';
import { SignalsChannel } from './signals-channel.ts';

/** What all connections of a page share. */
export type MediaConnectionSettings = {
  /** Always told explicitly, or the library would ask other people's servers. */
  iceServers: RTCIceServer[];
  certificate: RTCCertificate;
  clock: Clock;
};

/** For how long a new connection’s camera stays small: the browser measures what the way carries, and other links need the machine. */
const FIRST_PICTURES_MS = 2_000;

/** A link's connection in a real browser: four sections agreed once, after which only tracks are replaced (R32). */
export class MediaConnection implements LinkConnection {
  readonly #peer: MeshPeer;
  readonly #listener: LinkConnectionListener;
  readonly #candidates: CandidateBatch;
  readonly #levels: RTCDataChannel | null;
  readonly #carried: SignalsChannel | null;
  readonly #sent: SentTracks;
  #transceivers: RTCRtpTransceiver[] = [];
  readonly #clock: Clock;
  #camera: CameraEncoding;
  #isFirst = true;
  #growLater: (() => void) | null = null;
  #over = false;

  constructor(
    settings: MediaConnectionSettings,
    { initiator, tracks, camera }: LinkConnectionOptions,
    listener: LinkConnectionListener,
  ) {
    this.#listener = listener;
    this.#sent = { ...tracks };
    this.#camera = camera;
    this.#clock = settings.clock;
    this.#candidates = new CandidateBatch(settings.clock, (candidates) => {
      this.#tell(() => listener.onSignal({ type: 'candidates', candidates }));
    });
    this.#peer = new MeshPeer({
      initiator,
      config: {
        iceServers: settings.iceServers,
        certificates: [settings.certificate],
        bundlePolicy: 'max-bundle',
      },
      beforeAnswer: () => this.#useOfferedTransceivers(),
      onStateChange: (state) => {
        this.#tell(() => listener.onState(state));
        if (state === 'connected') this.#growSoon();
      },
    });
    this.#peer.on('signal', (signal) => {
      if (signal.type === 'candidate') this.#candidates.add(signal.candidate);
      else if (signal.type === 'offer' || signal.type === 'answer') {
        const { type, sdp } = signal;
        this.#tell(() => listener.onSignal({ type, sdp }));
      }
    });
    // An error is always followed by `close`; without a listener it would be thrown.
    this.#peer.on('error', () => undefined);
    this.#peer.on('close', () => {
      this.#tell(() => listener.onEnd());
      this.close();
    });
    const connection = this.#peer.connection;
    this.#levels = connection
      ? openLevelsChannel(connection, settings.clock, (byte) => {
          this.#tell(() => listener.onLevel(byte));
        })
      : null;
    this.#carried = connection
      ? new SignalsChannel(connection, {
          onOpen: (open) => this.#tell(() => listener.onCarriedOpen(open)),
          onText: (text) => this.#tell(() => listener.onCarried(text)),
        })
      : null;
    if (connection && initiator) this.#offerTransceivers(connection);
  }

  acceptDescription(type: 'offer' | 'answer', sdp: string): void {
    const connection = this.#peer.connection;
    if (connection === null || this.#peer.destroying) return;
    // A late second answer would be an error for the browser, and the end for the library.
    if (type === 'answer' && connection.signalingState !== 'have-local-offer') return;
    this.#peer.signal({ type, sdp: withOpusDtx(sdp) });
  }

  acceptCandidates(candidates: Candidate[]): void {
    for (const candidate of candidates) {
      if (this.#peer.connection === null || this.#peer.destroying) return;
      this.#peer.signal({ type: 'candidate', candidate });
    }
  }

  offerAgain(): void {
    this.#peer.offerAgain().catch(() => {
      this.#peer.destroy();
    });
  }

  async sendTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    this.#sent[slot] = track;
    await this.#transceivers[SLOTS.indexOf(slot)]?.sender.replaceTrack(track);
  }

  sendLevel(byte: number): void {
    if (this.#levels?.readyState === 'open') this.#levels.send(Uint8Array.of(byte));
  }

  sendCarried(text: string): boolean {
    return this.#carried?.send(text) ?? false;
  }

  encodeCamera(encoding: CameraEncoding): void {
    this.#camera = encoding;
    this.#applyEncoding();
  }

  async stats(): Promise<RTCStatsReport | null> {
    return (await this.#peer.connection?.getStats()) ?? null;
  }

  close(): void {
    this.#over = true;
    this.#growLater?.();
    this.#candidates.clear();
    this.#levels?.close();
    this.#carried?.close();
    this.#peer.destroy();
  }

  #offerTransceivers(connection: RTCPeerConnection): void {
    this.#useTransceivers(
      SLOTS.map((slot) =>
        connection.addTransceiver(this.#sent[slot] ?? KINDS[slot], {
          direction: 'sendrecv',
          ...(slot === 'camera' && { sendEncodings: [this.#encoding] }),
        }),
      ),
    );
  }

  async #useOfferedTransceivers(): Promise<void> {
    const connection = this.#peer.connection;
    if (connection === null || this.#transceivers.length > 0) return;
    this.#useTransceivers(connection.getTransceivers());
    this.#applyEncoding();
    // Before the answer, so that the first packets already carry picture and sound.
    await Promise.allSettled(SLOTS.map((slot) => this.sendTrack(slot, this.#sent[slot] ?? null)));
  }

  #useTransceivers(transceivers: RTCRtpTransceiver[]): void {
    this.#transceivers = transceivers;
    const tracks: Tracks = {};
    for (const [index, slot] of SLOTS.entries()) {
      const track = transceivers[index]?.receiver.track;
      if (track) tracks[slot] = track;
    }
    // Not during construction: whoever opens the connection does not hold it yet.
    queueMicrotask(() => {
      this.#tell(() => this.#listener.onTracks(tracks));
    });
  }

  get #encoding(): CameraEncoding {
    return this.#isFirst ? firstCameraEncoding(this.#camera) : this.#camera;
  }

  #growSoon(): void {
    this.#growLater ??= this.#clock.after(FIRST_PICTURES_MS, () => {
      this.#isFirst = false;
      this.#applyEncoding();
    });
  }

  #applyEncoding(): void {
    const sender = this.#transceivers[SLOTS.indexOf('camera')]?.sender;
    const parameters = sender?.getParameters();
    // Firefox has no encodings before the sections are agreed; they are set when the picture grows.
    const encoding = parameters?.encodings[0];
    if (!sender || !parameters || !encoding) return;
    Object.assign(encoding, this.#encoding);
    // Refused only where the connection is closing or agreed anew, after which it is set again.
    sender.setParameters(parameters).catch(() => undefined);
  }

  #tell(news: () => void): void {
    if (!this.#over) news();
  }
}
