import type { LinkStanding, Signal } from '@confab/protocol';
import type { CameraEncoding } from './camera-encoding.ts';
import type { Clock } from './clock.ts';
import type {
  LinkConnectionListener,
  OpenLinkConnection,
  SentTracks,
  Tracks,
} from './link-connection.ts';

export type PeerLinkListener = Pick<LinkConnectionListener, 'onBoard'> & {
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
  /** The ICE servers that can be used now; asked before every restart and before a connection is made anew. */
  iceServers: () => Promise<RTCIceServer[]> | RTCIceServer[];
  /** Sends `signal`, and returns what sends the same bytes again (R17). */
  send: (signal: Signal) => () => void;
  listener: PeerLinkListener;
};
