import type { Candidate } from '@confab/protocol';
import type { CameraEncoding } from '../camera-encoding.ts';
import type {
  LinkConnection,
  LinkConnectionListener,
  LinkConnectionOptions,
  SentTracks,
  Tracks,
} from '../link-connection.ts';
import type { Slot } from '../meeting-events.ts';
import type { Received } from '../received.ts';

/** What two browsers would say to each other, as far as the checks of a link look at it. */
export function fakeSdp(fingerprint: string, remark = 'x'): string {
  const sections = ['audio', 'video', 'video', 'audio', 'application'].map(
    (kind) => `m=${kind} 9 UDP/TLS/RTP/SAVPF 0\r\na=fingerprint:sha-256 ${fingerprint}`,
  );
  return ['v=0', `s=${remark}`, ...sections, ''].join('\r\n');
}

export const fakeFingerprint = (byte: number): string =>
  Array.from({ length: 32 }, () => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');

/** A connection without a browser: it connects as soon as each side has the other's description. */
export class FakeConnection implements LinkConnection {
  readonly initiator: boolean;
  readonly sent: SentTracks;
  readonly accepted: string[] = [];
  readonly candidates: Candidate[] = [];
  readonly tracks = { camera: {} } as unknown as Tracks;
  readonly listener: LinkConnectionListener;
  camera: CameraEncoding;
  closed = false;
  level: number | null = null;
  /** Where carried texts arrive. */
  twin: FakeConnection | null = null;
  readonly carried: string[] = [];
  readonly restarts: (RTCIceServer[] | null)[] = [];
  readonly relayOnly: boolean;
  /** Whether there is a way to the other side. */
  works = true;
  silent = false;
  #arrived = 0;
  #carriedOpen = false;
  readonly #fingerprint: string;

  constructor(
    options: LinkConnectionOptions,
    listener: LinkConnectionListener,
    fingerprint: string,
  ) {
    this.initiator = options.initiator;
    this.relayOnly = options.relayOnly;
    this.sent = { ...options.tracks };
    this.camera = options.camera;
    this.listener = listener;
    this.#fingerprint = fingerprint;
    if (this.initiator) queueMicrotask(() => this.#offer());
  }

  acceptDescription(type: 'offer' | 'answer', sdp: string): void {
    this.accepted.push(`${type} ${/^s=(.*)$/m.exec(sdp)?.[1]?.trim() ?? ''}`);
    if (type === 'offer') {
      this.listener.onTracks(this.tracks);
      this.listener.onSignal({ type: 'answer', sdp: fakeSdp(this.#fingerprint) });
    }
    if (!this.works) return;
    this.listener.onState('connected');
    this.openCarried(true);
  }

  refreshed = 0;

  refreshPictures(): void {
    this.refreshed += 1;
  }

  acceptCandidates(candidates: Candidate[]): void {
    this.candidates.push(...candidates);
  }

  readonly given: RTCIceServer[][] = [];

  useIceServers(iceServers: RTCIceServer[]): void {
    this.given.push(iceServers);
  }

  restart(iceServers: RTCIceServer[] | null): void {
    this.restarts.push(iceServers);
    this.#offer('again');
  }

  sendTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    this.sent[slot] = track;
    return Promise.resolve();
  }

  sendLevel(byte: number): void {
    this.level = byte;
  }

  openCarried(open: boolean): void {
    this.#carriedOpen = open;
    this.listener.onCarriedOpen(open);
  }

  sendCarried(text: string): boolean {
    if (!this.#carriedOpen || this.closed) return false;
    this.carried.push(text);
    this.twin?.listener.onCarried(text);
    return true;
  }

  encodeCamera(encoding: CameraEncoding): void {
    this.camera = encoding;
  }

  /** Something always arrives, unless it is `silent`. */
  received(): Promise<Received | null> {
    if (!this.silent) this.#arrived += 1;
    return Promise.resolve({ bytes: this.#arrived, checks: 0 });
  }

  dataChannel(): null {
    return null;
  }

  stats(): Promise<RTCStatsReport | null> {
    return Promise.resolve(new Map() as unknown as RTCStatsReport);
  }

  close(): void {
    this.closed = true;
  }

  #offer(remark = 'first'): void {
    if (this.closed) return;
    this.listener.onTracks(this.tracks);
    this.listener.onSignal({ type: 'offer', sdp: fakeSdp(this.#fingerprint, remark) });
  }
}
