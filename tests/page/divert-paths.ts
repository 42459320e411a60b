import type { Address } from '../faults/path.ts';

declare global {
  interface Window {
    tellOwnAddress: (own: Address) => Promise<void>;
    askStandIn: (real: Address) => Promise<Address>;
  }
}

/** The two calls that tell a connection where the other side is, without their forms of long ago. */
type Native = {
  addIceCandidate: (
    this: RTCPeerConnection,
    candidate?: RTCIceCandidateInit | null,
  ) => Promise<void>;
  setRemoteDescription: (
    this: RTCPeerConnection,
    description: RTCSessionDescriptionInit,
  ) => Promise<void>;
};

/**
 * Runs in a page before its own scripts: the page tells where it can be reached, and of the others' candidates it takes only the IPv4 and
 * UDP ones, with a stand-in's address each. Below the app, whose signals nobody else can read. Must not refer to anything outside itself.
 */
export function divertPaths(): void {
  // candidate:<foundation> <component> <transport> <priority> <address> <port> typ <type> …
  const CANDIDATE = /^(.*candidate:\S+ \d+ udp \d+ )(\d+\.\d+\.\d+\.\d+) (\d+)( typ .*)$/i;
  const turns = new WeakMap<RTCPeerConnection, Promise<unknown>>();
  const native = RTCPeerConnection.prototype as unknown as Native;
  const { addIceCandidate, setRemoteDescription } = native;

  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args, self) {
      const connection = Reflect.construct(target, args, self) as RTCPeerConnection;
      connection.addEventListener('icecandidate', ({ candidate }) => {
        const { address, port } = candidate ?? {};
        if (address && port) void window.tellOwnAddress({ address, port });
      });
      return connection;
    },
  });

  native.addIceCandidate = function addDiverted(
    candidate?: RTCIceCandidateInit | null,
  ): Promise<void> {
    return inTurn(
      this,
      () => diverted(candidate?.candidate ?? ''),
      (line) => {
        if (!candidate?.candidate) return addIceCandidate.call(this, candidate);
        if (line === null) return Promise.resolve();
        const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
        return addIceCandidate.call(this, {
          candidate: line,
          sdpMid: sdpMid ?? null,
          sdpMLineIndex: sdpMLineIndex ?? null,
          usernameFragment: usernameFragment ?? null,
        });
      },
    );
  };

  native.setRemoteDescription = function describeDiverted(
    description: RTCSessionDescriptionInit,
  ): Promise<void> {
    return inTurn(
      this,
      async () => {
        const lines = (description.sdp ?? '').split('\r\n').map(async (line) => {
          return line.startsWith('a=candidate:') ? diverted(line) : line;
        });
        return (await Promise.all(lines)).filter((line) => line !== null).join('\r\n');
      },
      (sdp) => setRemoteDescription.call(this, { type: description.type, sdp }),
    );
  };

  /** Calls reach the browser in the order in which the page made them, although each may have to ask first. */
  function inTurn<Prepared>(
    connection: RTCPeerConnection,
    prepare: () => Promise<Prepared>,
    act: (prepared: Prepared) => Promise<void>,
  ): Promise<void> {
    const before = turns.get(connection) ?? Promise.resolve();
    const begun = before.then(prepare).then((prepared) => ({ end: act(prepared) }));
    turns.set(
      connection,
      begun.catch(() => undefined),
    );
    return begun.then(({ end }) => end);
  }

  async function diverted(line: string): Promise<string | null> {
    const [, before, address, port, after] = CANDIDATE.exec(line) ?? [];
    if (!address) return null;
    const standIn = await window.askStandIn({ address, port: Number(port) });
    return `${before}${standIn.address} ${standIn.port}${after}`;
  }
}
