/** What {@link MeshPeer} uses of simple-peer 9.11.1, its internals included; `mesh-peer.test.ts` checks that they exist. */
declare module 'simple-peer' {
  export type PeerSignal =
    | { type: 'offer' | 'answer'; sdp: string }
    | {
        type: 'candidate';
        candidate: {
          candidate: string;
          sdpMid: string | null;
          sdpMLineIndex: number | null;
          usernameFragment: string | null;
        };
      };

  export type PeerOptions = {
    initiator: boolean;
    trickle: boolean;
    config: RTCConfiguration;
  };

  export default class SimplePeer {
    constructor(options: PeerOptions);
    readonly destroyed: boolean;
    readonly destroying: boolean;
    readonly initiator: boolean;
    /** Null once destroyed, absent where the browser refused to make one. */
    protected readonly _pc: RTCPeerConnection | null | undefined;
    protected readonly _channel: RTCDataChannel | null;
    negotiate(): void;
    destroy(error?: Error): void;
    emit(name: string, ...values: unknown[]): boolean;
    on(name: 'signal', listener: (signal: PeerSignal) => void): this;
    on(name: 'error', listener: (error: Error) => void): this;
    on(name: 'close', listener: () => void): this;
    /** {@link MeshPeer}'s own. */
    on(name: 'board', listener: (channel: RTCDataChannel) => void): this;
    protected _onIceCandidate(event: RTCPeerConnectionIceEvent): void;
    protected _onIceStateChange(): void;
    protected _onConnectionStateChange(): void;
    protected _maybeReady(): void;
    protected _onChannelMessage(event: MessageEvent): void;
    protected _setupData(event: { channel: RTCDataChannel }): void;
  }
}
