declare global {
  interface Window {
    /** Both ends of every path in use, `relay` for one that leads through the relay, with the address the page's own end has. */
    pathsInUse: () => Promise<{ own: string; address: string; bytes: number }[]>;
  }
}

/** Runs in every page before its own scripts: lets it reach others through the relay alone. Must not refer to anything outside itself. */
export function relayOnly(): void {
  const connections: RTCPeerConnection[] = [];
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, [configuration, ...rest]: [RTCConfiguration?], self) {
      const limited = { ...configuration, iceTransportPolicy: 'relay' };
      const connection = Reflect.construct(target, [limited, ...rest], self) as RTCPeerConnection;
      const setConfiguration = connection.setConfiguration.bind(connection);
      connection.setConfiguration = (later) =>
        setConfiguration({ ...later, iceTransportPolicy: 'relay' });
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
