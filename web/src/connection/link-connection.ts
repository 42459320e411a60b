import type { Candidate, SignalBody } from '@confab/protocol';
import type { CameraEncoding } from './camera-encoding.ts';
import type { Slot } from './meeting-events.ts';
import type { Received } from './received.ts';

export type Tracks = Partial<Record<Slot, MediaStreamTrack>>;
export type SentTracks = Partial<Record<Slot, MediaStreamTrack | null>>;

/** What a browser's connection itself has to say to the one at the other end. */
export type ConnectionSignal = Extract<SignalBody, { type: 'offer' | 'answer' | 'candidates' }>;

export type ChannelName = 'files' | 'board';

/** What a connection tells its link. Nothing comes after `onEnd`. */
export type LinkConnectionListener = {
  /** To be told to the other side. */
  onSignal(body: ConnectionSignal): void;
  onState(state: RTCPeerConnectionState): void;
  /** The other side's four tracks are known. */
  onTracks(tracks: Tracks): void;
  /** One byte from the other side's `levels` channel. */
  onLevel(byte: number): void;
  /** A text from the other side's `signals` channel, unchecked (R33). */
  onCarried(text: string): void;
  /** The `signals` channel opened or closed. */
  onCarriedOpen(open: boolean): void;
  /** The other side has opened a `board` channel (R95). */
  onBoard(channel: RTCDataChannel): void;
  /** It ended, not by {@link LinkConnection.close}: the other side hung up, or it broke. */
  onEnd(): void;
};

/** One epoch of a link: a browser's connection, as far as the link needs it. */
export type LinkConnection = {
  acceptDescription(type: 'offer' | 'answer', sdp: string): void;
  acceptCandidates(candidates: Candidate[]): void;
  /** For the initiator: offers an ICE restart (R31), taking back an offer that has no answer yet (R34). */
  restart(iceServers: RTCIceServer[] | null): void;
  /** For what it gathers from now on; what it has stays. */
  useIceServers(iceServers: RTCIceServer[]): void;
  sendTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void>;
  sendLevel(byte: number): void;
  /** On the `signals` channel; false where it is not open, or too much waits to leave already. */
  sendCarried(text: string): boolean;
  /** A channel that few meetings need: `files` (R86) is made when it is first asked for, and each time another `board` (R95). */
  dataChannel(name: ChannelName): RTCDataChannel | null | undefined;
  encodeCamera(encoding: CameraEncoding): void;
  /** Lets the other side see again at once after an interruption. */
  refreshPictures(): void;
  /** What has arrived so far, read as cheaply as possible; null where nobody knows. */
  received(): Promise<Received | null>;
  stats(): Promise<RTCStatsReport | null>;
  close(): void;
};

export type LinkConnectionOptions = {
  initiator: boolean;
  tracks: SentTracks;
  camera: CameraEncoding;
  /** Uses relays alone where there are any (R34). */
  relayOnly: boolean;
};

/** Opens a connection; tests give one without a browser. */
export type OpenLinkConnection = (
  options: LinkConnectionOptions,
  listener: LinkConnectionListener,
) => LinkConnection;
