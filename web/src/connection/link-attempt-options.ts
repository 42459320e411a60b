import type { Clock } from './clock.ts';
import type {
  LinkConnectionListener,
  LinkConnectionOptions,
  OpenLinkConnection,
  Tracks,
} from './link-connection.ts';
import type { Pace } from './pace.ts';

export type LinkAttemptOptions = {
  epoch: number;
  clock: Clock;
  /** How long it may take to connect for the first time, in milliseconds. */
  connectMs: number;
  /** How often it may restart. */
  pace: Pace;
  openConnection: OpenLinkConnection;
  connection: LinkConnectionOptions;
  isReachable: () => boolean;
  /** The ICE servers that can be used now. */
  iceServers: () => Promise<RTCIceServer[]>;
  listener: LinkAttemptListener;
};

export type LinkAttemptListener = Pick<
  LinkConnectionListener,
  'onSignal' | 'onTracks' | 'onLevel' | 'onCarried' | 'onCarriedOpen' | 'onBoard'
> & {
  /** It works, for the first time or again. */
  onConnected(tracks: Tracks): void;
  /** It does not work, and is being restored. */
  onTrouble(): void;
  onWeak(weak: boolean): void;
  /** The other side has to restart it. */
  onRestartWanted(): void;
  /** It got nowhere, after so many tries; it may still heal by itself. */
  onFailed(tries: number): void;
  /** Nothing comes after this. */
  onEnd(): void;
};
