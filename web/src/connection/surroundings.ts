import { type Clock, pageClock } from './clock.ts';
import type {
  LinkConnection,
  LinkConnectionListener,
  LinkConnectionOptions,
} from './link-connection.ts';
import { MediaConnection, type MediaConnectionSettings } from './media-connection.ts';
import { type PageCertificate, pageCertificate } from './sealing/certificate.ts';
import { SignalingClient, type SignalingOptions } from './signaling-client.ts';

/** What a meeting connection needs from outside; tests put an evil server and browserless links here. */
export type Surroundings = {
  clock: Clock;
  certificate(): Promise<PageCertificate>;
  connectTo(options: SignalingOptions): Pick<SignalingClient, keyof SignalingClient>;
  openConnection(
    settings: Omit<MediaConnectionSettings, 'clock'>,
    options: LinkConnectionOptions,
    listener: LinkConnectionListener,
  ): LinkConnection;
};

/** A real browser and a real server. */
export const pageSurroundings: Surroundings = {
  clock: pageClock,
  certificate: pageCertificate,
  connectTo: (options) => new SignalingClient(options),
  openConnection: (settings, options, listener) =>
    new MediaConnection({ ...settings, clock: pageClock }, options, listener),
};
