/** How a browser gets to a TURN server: what a network may block one of and not another. */
export type TurnWay = 'udp' | 'tcp' | 'tls';

export const turnWays: TurnWay[] = ['udp', 'tcp', 'tls'];

/** The way that a URL of `RTCIceServer.urls` stands for (RFC 7065 §3.1: UDP unless it says otherwise); null for STUN. */
export function turnWayOf(url: string): TurnWay | null {
  if (/^turns:/i.test(url)) return 'tls';
  if (!/^turn:/i.test(url)) return null;
  return /\?transport=tcp$/i.test(url) ? 'tcp' : 'udp';
}

/** The servers with those of their addresses alone that go this way; null takes STUN. */
export function serversOf(servers: RTCIceServer[], way: TurnWay | null): RTCIceServer[] {
  return servers.flatMap((server) => {
    const urls = [server.urls].flat().filter((url) => turnWayOf(url) === way);
    return urls.length > 0 ? [{ ...server, urls }] : [];
  });
}
