declare global {
  interface Window {
    /** How many connections work, and for how many milliseconds the latest has. */
    linkedFor: () => { count: number; ms: number };
    /** When a connection was ended last, in milliseconds since 1970; 0 where none was. */
    endedAt: () => number;
    forgetEnds: () => void;
    /** When the person clicked last. */
    clickedAt: () => number;
  }
}

/** Runs in every page before its own scripts; must not refer to anything outside itself. */
export function noteEnds(): void {
  const working = new Map<RTCPeerConnection, number>();
  let endedAt = 0;
  let clickedAt = 0;
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args, self) {
      const connection = Reflect.construct(target, args, self) as RTCPeerConnection;
      connection.addEventListener('connectionstatechange', () => {
        if (connection.connectionState === 'connected') working.set(connection, Date.now());
      });
      return connection;
    },
  });
  const { close } = RTCPeerConnection.prototype as { close: (this: RTCPeerConnection) => void };
  RTCPeerConnection.prototype.close = function closeNoted() {
    if (working.delete(this)) endedAt = Date.now();
    close.call(this);
  };
  addEventListener('click', () => (clickedAt = Date.now()), true);
  window.linkedFor = () => ({
    count: working.size,
    ms: Date.now() - Math.max(0, ...working.values()),
  });
  window.endedAt = () => endedAt;
  window.forgetEnds = () => (endedAt = 0);
  window.clickedAt = () => clickedAt;
}
