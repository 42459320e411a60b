import type { IceServer } from '@confab/protocol';

/** Leaves out what the server did not say, as the browser's type demands. */
export function iceServersOf(servers: IceServer[]): RTCIceServer[] {
  return servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  }));
}
