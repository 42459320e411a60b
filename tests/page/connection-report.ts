declare global {
  interface Window {
    /** How every connection that the page made and did not close stands, by the browser's own counters; for whoever looks for the cause of a failure. */
    reportConnections: () => Promise<object[]>;
  }
}

/** Runs in every page before its own scripts; must not refer to anything outside itself. */
export function reportConnections(): void {
  const WANTED: Record<string, string[]> = {
    'inbound-rtp': [
      ...['kind', 'mid', 'packetsReceived', 'packetsLost', 'lastPacketReceivedTimestamp'],
      ...['framesReceived', 'framesDecoded', 'keyFramesDecoded', 'framesDropped', 'pliCount'],
      ...['freezeCount', 'decoderImplementation'],
    ],
    'outbound-rtp': [
      ...['kind', 'mid', 'active', 'packetsSent', 'framesEncoded', 'framesSent', 'frameWidth'],
      ...['keyFramesEncoded', 'targetBitrate', 'qualityLimitationReason', 'pliCount'],
      ...['totalPacketSendDelay', 'retransmittedPacketsSent'],
    ],
    'media-source': ['kind', 'frames', 'framesPerSecond'],
    'candidate-pair': [
      ...['nominated', 'state', 'availableOutgoingBitrate', 'currentRoundTripTime'],
      ...['requestsSent', 'responsesReceived', 'packetsReceived', 'packetsSent'],
      ...['packetsDiscardedOnSend'],
    ],
  };
  const connections: RTCPeerConnection[] = [];
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args, self) {
      const connection = Reflect.construct(target, args, self) as RTCPeerConnection;
      connections.push(connection);
      return connection;
    },
  });

  window.reportConnections = () => {
    const open = connections.filter(({ connectionState }) => connectionState !== 'closed');
    return Promise.all(open.map(report));
  };

  async function report(connection: RTCPeerConnection): Promise<object> {
    const { connectionState, iceConnectionState, signalingState } = connection;
    const stats = (await connection.getStats()) as unknown as Map<string, Record<string, unknown>>;
    const lines = [...stats.values()].flatMap((one) => {
      const wanted = WANTED[String(one.type)];
      if (!wanted || ('nominated' in one && one.nominated !== true)) return [];
      const told = wanted.flatMap((name) => (name in one ? [`${name} ${String(one[name])}`] : []));
      return [`${String(one.type)}: ${told.join(', ')}`];
    });
    return { connectionState, iceConnectionState, signalingState, lines };
  }
}
