declare global {
  interface Window {
    /** Both ends of every path in use, `relay` for one that leads through the relay, with the address the page's own end has. */
    pathsInUse: () => Promise<{ own: string; address: string; bytes: number }[]>;
  }
}

/**
 * Runs in every page before its own scripts: lets it reach others through the relay alone, and the relay by every way or by TLS alone. Must not refer to
 * anything outside itself.
 */
export function relayOnly(ways: 'every' | 'tls'): void {
  const connections: RTCPeerConnection[] = [];
  const limited = (given: RTCConfiguration = {}): RTCConfiguration => ({
    ...given,
    iceTransportPolicy: 'relay',
    iceServers: (given.iceServers ?? [])
      .map((server) => ({ ...server, urls: [server.urls].flat().filter(isOpen) }))
      .filter(({ urls }) => urls.length > 0),
  });
  const isOpen = (url: string) => ways === 'every' || url.startsWith('turns:');
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, [configuration, ...rest]: [RTCConfiguration?], self) {
      const given = [limited(configuration), ...rest];
      const connection = Reflect.construct(target, given, self) as RTCPeerConnection;
      const setConfiguration = connection.setConfiguration.bind(connection);
      connection.setConfiguration = (later) => setConfiguration(limited(later));
      connections.push(connection);
      return connection;
    },
  });

  window.pathsInUse = async () => {
    const open = connections.filter(({ connectionState }) => connectionState === 'connected');
    return (await Promise.all(open.map(pathOf))).flat();
  };

  type Stat = Record<string, string | number>;

  async function pathOf(connection: RTCPeerConnection) {
    const stats = (await connection.getStats()) as unknown as Map<string, Stat>;
    const transport = [...stats.values()].find(({ type }) => type === 'transport');
    const pair = stats.get(String(transport?.selectedCandidatePairId));
    const own = stats.get(String(pair?.localCandidateId));
    if (!pair || !own) return [];
    return [
      {
        own: String(own.candidateType),
        address: `${own.address ?? ''}:${own.port ?? ''}`,
        bytes: Number(pair.bytesReceived) + Number(pair.bytesSent),
      },
    ];
  }
}
